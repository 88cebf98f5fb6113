package io.fizeau.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmManifestTest {
    @Test
    void shouldKeepFlagsThatAreNotAsTheyCome() {
        Map<String, String> facts = new LinkedHashMap<>();
        JvmManifest.addFlags(facts, "-XX:CICompilerCount=2 -XX:-UsePerfData -XX:+UseSerialGC -XX:OnError= \n");

        assertThat(facts)
                .containsEntry("collector", "Serial")
                .containsEntry("flag.CICompilerCount", "2")
                .containsEntry("flag.UsePerfData", "false")
                .containsEntry("flag.UseSerialGC", "true")
                .containsEntry("flag.OnError", "");
    }

    @Test
    void shouldSayWhyThereAreNoFlags() {
        Map<String, String> facts = new LinkedHashMap<>();
        JvmManifest.addFlags(facts, "unavailable: another JVM");
        assertThat(facts).containsEntry("flags", "unavailable: another JVM");
        assertThat(DiagnosticCommands.run("noSuchCommand")).startsWith(HostFiles.UNAVAILABLE);
    }

    @Test
    void shouldReadThisJvm() {
        assertThat(JvmManifest.read()).containsKeys("javaVersion", "collector", "heapMaxBytes", "arguments");
    }

    @Test
    void shouldReadTheQueueOfEachInterface() {
        ByteBuffer reply = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
        qdisc(reply, 1, -1, "noqueue");
        qdisc(reply, 2, 0x10000, "child");
        qdisc(reply, 2, -1, "fq_codel");
        reply.putInt(20).putShort((short) 3);
        List<String> found = new ArrayList<>();

        boolean isLast = QueueDisciplines.add(found, reply.position(0).slice(), Map.of(1, "lo"));

        assertThat(isLast).isTrue();
        assertThat(found).containsExactly("lo noqueue", "interface 2 fq_codel");
    }

    private static void qdisc(ByteBuffer reply, int number, int parent, String kind) {
        int length = 16 + 20 + 4 + kind.length() + 1;
        int start = reply.position();
        reply.putInt(length).putShort((short) 36);
        reply.putInt(start + 16 + 4, number).putInt(start + 16 + 12, parent);
        reply.position(start + 36);
        reply.putShort((short) (4 + kind.length() + 1)).putShort((short) 1);
        reply.put(kind.getBytes(StandardCharsets.US_ASCII));
        reply.position(start + (length + 3) / 4 * 4);
    }
}

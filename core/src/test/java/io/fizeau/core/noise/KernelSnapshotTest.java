package io.fizeau.core.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSnapshotTest {
    @TempDir
    Path root;

    @Test
    void shouldTellWhatWasCountedBetweenTwoReadings() throws IOException {
        write("proc/stat", "cpu  9 9 9 9 9 9 9 9 0 0\ncpu0 9 9 9 9 9 9 9 5 0 0\ncpu1 9 9 9 9 9 9 9 4 0 0\nintr 1\n");
        write("proc/pressure/cpu", "some avg10=0.00 avg60=0.00 avg300=0.00 total=5000\nfull avg10=0 total=77\n");
        write("proc/net/snmp", "Udp: InDatagrams RcvbufErrors\nUdp: 100 3\nUdpLite: RcvbufErrors\nUdpLite: 50\n");
        write("proc/net/snmp6", "Udp6InDatagrams 5\nUdp6RcvbufErrors 2\n");
        write("proc/net/softnet_stat", "0000000a 0000000f 00000001\n0000000a 00000001 00000000\n");
        write("proc/self/task/1/status", "Name:\tjava\nnonvoluntary_ctxt_switches:\t10\n");
        write("proc/self/task/2/status", "Name:\tjava\nnonvoluntary_ctxt_switches:\t50\n");
        write("proc/loadavg", "0.25 0.50 0.75 1/99 1234\n");
        KernelSnapshot before = snapshot();

        write("proc/stat", "cpu  9 9 9 9 9 9 9 9 0 0\ncpu0 9 9 9 9 9 9 9 6 0 0\ncpu1 9 9 9 9 9 9 9 7 0 0\nintr 1\n");
        write("proc/pressure/cpu", "some avg10=0.00 avg60=0.00 avg300=0.00 total=7500\nfull avg10=0 total=99\n");
        write("proc/net/snmp", "Udp: InDatagrams RcvbufErrors\nUdp: 100 4\nUdpLite: RcvbufErrors\nUdpLite: 70\n");
        write("proc/net/snmp6", "Udp6InDatagrams 5\nUdp6RcvbufErrors 4\n");
        write("proc/net/softnet_stat", "0000000a 00000010 00000001\n0000000a 00000001 00000009\n");
        // Thread 1 went on, number 2 went to a younger thread, 3 is new.
        write("proc/self/task/1/status", "Name:\tjava\nnonvoluntary_ctxt_switches:\t14\n");
        write("proc/self/task/2/status", "Name:\tjava\nnonvoluntary_ctxt_switches:\t1\n");
        write("proc/self/task/3/status", "Name:\tjava\nnonvoluntary_ctxt_switches:\t2\n");
        Map<NoiseFigure, NoiseValue> noise = snapshot().since(before);

        assertThat(noise)
                .containsEntry(NoiseFigure.STEAL, NoiseValue.of(30))
                .containsEntry(NoiseFigure.PRESSURE, NoiseValue.of(2.5))
                .containsEntry(NoiseFigure.DATAGRAM_DROPS, NoiseValue.of(3))
                .containsEntry(NoiseFigure.BACKLOG_DROPS, NoiseValue.of(1))
                .containsEntry(NoiseFigure.INVOLUNTARY, NoiseValue.of(6))
                .containsEntry(NoiseFigure.LOAD, NoiseValue.of(0.25));
    }

    @Test
    void shouldSayWhyAFigureIsMissing() {
        Map<NoiseFigure, NoiseValue> noise = snapshot().since(snapshot());

        assertThat(noise.values()).isNotEmpty().noneMatch(NoiseValue::isKnown);
        assertThat(noise.get(NoiseFigure.PRESSURE).text()).isEqualTo("unavailable: /proc/pressure/cpu does not exist");
    }

    @Test
    void shouldTakeAnotherFormForNoFigure() throws IOException {
        write("proc/stat", "cpu0 1 2 3\n");
        write("proc/pressure/cpu", "none avg10=0.00\n");
        write("proc/net/snmp", "Udp: InDatagrams RcvbufErrors\nUdp: 1\n");
        write("proc/net/softnet_stat", "0a zz\n");
        write("proc/self/task/1/status", "nonvoluntary_ctxt_switches:\tmany\n");
        write("proc/loadavg", "low\n");

        assertThat(snapshot().since(snapshot()).values()).noneMatch(NoiseValue::isKnown);
    }

    @Test
    void shouldNotBelieveACounterThatFell() throws IOException {
        write("proc/pressure/cpu", "some total=500\n");
        KernelSnapshot before = snapshot();
        write("proc/pressure/cpu", "some total=400\n");

        assertThat(snapshot().since(before).get(NoiseFigure.PRESSURE).text())
                .isEqualTo("unavailable: the counter fell from 500 to 400");
    }

    private KernelSnapshot snapshot() {
        return KernelSnapshot.read(new HostFiles(root));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

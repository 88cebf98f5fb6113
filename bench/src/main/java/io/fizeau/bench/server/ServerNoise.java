package io.fizeau.bench.server;

import io.fizeau.core.host.HostFiles;
import io.fizeau.core.noise.NoiseMeter;
import io.fizeau.core.noise.NoiseReport;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What disturbs the process of a server, from when somebody first asks. Used by the thread that answers. */
public final class ServerNoise {
    private @Nullable NoiseMeter meter;

    ServerNoise() {}

    void begin() {
        NoiseMeter running = meter;
        if (running == null) {
            running = new NoiseMeter(HostFiles.ofThisHost());
            meter = running;
        }
        running.begin();
    }

    String end() {
        return meter == null
                ? HostFiles.UNAVAILABLE + "nobody asked before"
                : JsonLine.of(meter.end().texts());
    }

    /**
     * Reads what {@link Server#endNoise()} gave.
     *
     * @param line the line.
     * @return the report, or empty if there is only a reason.
     */
    public static Optional<NoiseReport> parse(final String line) {
        final Map<String, String> texts = JsonLine.parse(line);
        return texts.isEmpty() ? Optional.empty() : Optional.of(NoiseReport.parse(texts));
    }
}

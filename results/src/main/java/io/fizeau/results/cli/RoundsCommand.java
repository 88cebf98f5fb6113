package io.fizeau.results.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.compare.PilotReading;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.RunReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how many rounds a run takes, for {@code fizeau run --detect}, which asks as one program asks another: in JSON. */
@Command(
        name = "rounds",
        description = "Says how many rounds a difference takes, from a pilot's run folder.",
        hidden = true,
        mixinStandardHelpOptions = true)
final class RoundsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PILOT", description = "the pilot's run folder")
    private Path pilot = Path.of("");

    @Option(names = "--detect", required = true, paramLabel = "SHARE", description = "the difference, such as 0.03")
    private double detect;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!(detect > 0 && detect <= 1)) {
            throw new ResultsException("--detect " + detect + " is not allowed: it takes a share over 0 and up to 1");
        }
        final PilotReading reading = PilotReading.of(RunReader.read(pilot), detect);
        final ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("rounds", reading.rounds())
                .put("detect", reading.detect())
                .put("needed", reading.needed())
                .put("chosen", reading.chosen())
                .put("detectable", reading.detectable());
        final ArrayNode rows = root.putArray("rows");
        reading.lines()
                .forEach(line -> rows.addObject()
                        .put(
                                "row",
                                line.row().param("transport") + ", "
                                        + line.row().param("messageBytes") + " B")
                        .put("reference", line.reference())
                        .put("pairs", line.pairs())
                        .put("sdLog", line.sdLog())
                        .put("sdLogUpper", line.sdLogUpper())
                        .put("needed", line.needed()));
        final PrintWriter out = spec.commandLine().getOut();
        out.println(root);
        out.flush();
        return 0;
    }
}

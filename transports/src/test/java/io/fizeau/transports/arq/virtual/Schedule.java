package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.impair.PathLimits;
import io.fizeau.core.impair.Window;
import io.fizeau.transports.datagram.session.MechanismKind;
import io.fizeau.transports.datagram.session.SessionSettings;
import java.util.List;

/**
 * A bad link, a workload and two ends: all that one run is made of.
 *
 * @param seed what is drawn during the run follows from it.
 * @param settings of both ends.
 * @param impairment what happens to datagrams.
 * @param limits the room of each way.
 * @param darkToServer blackouts of the way to the server, since the client opened.
 * @param darkToClient blackouts of the way back.
 * @param startNs the clock at the begin.
 * @param clientFirst the first wire number of the client.
 * @param serverFirst the first wire number of the server.
 * @param toServer messages of the client.
 * @param toClient messages of the server.
 * @param batch how many datagrams an end takes in before it looks at the time.
 * @param socketRefusesPpm how often a socket takes no datagram.
 * @param serverCloses which end closes when all is done.
 */
record Schedule(
        long seed,
        SessionSettings settings,
        Impairment impairment,
        PathLimits limits,
        List<Window> darkToServer,
        List<Window> darkToClient,
        long startNs,
        int clientFirst,
        int serverFirst,
        Traffic toServer,
        Traffic toClient,
        int batch,
        int socketRefusesPpm,
        boolean serverCloses) {
    /** The schedule that follows from a seed. */
    static Schedule of(final long seed, final MechanismKind kind) {
        return new ScheduleMaker(seed, kind).make();
    }

    /** The same with another link. */
    Schedule over(final Impairment other) {
        return new Schedule(
                seed,
                settings,
                other,
                limits,
                List.of(),
                List.of(),
                startNs,
                clientFirst,
                serverFirst,
                toServer,
                toClient,
                batch,
                0,
                serverCloses);
    }

    /** The same with other messages. */
    Schedule with(final Traffic up, final Traffic down) {
        return new Schedule(
                seed,
                settings,
                impairment,
                limits,
                darkToServer,
                darkToClient,
                startNs,
                clientFirst,
                serverFirst,
                up,
                down,
                batch,
                socketRefusesPpm,
                serverCloses);
    }

    /** The same with other settings. */
    Schedule with(final SessionSettings other) {
        return new Schedule(
                seed,
                other,
                impairment,
                limits,
                darkToServer,
                darkToClient,
                startNs,
                clientFirst,
                serverFirst,
                toServer,
                toClient,
                batch,
                socketRefusesPpm,
                serverCloses);
    }
}

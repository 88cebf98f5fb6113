package io.fizeau.bench.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TcpConnectionTest {
    /** As iproute2 6.1 prints it. */
    private static final String OUTPUT = """
            ESTAB 0      0      [::ffff:10.88.0.1]:44583 [::ffff:10.88.1.2]:44422
            \t cubic wscale:10,10 rto:224 rtt:20.5/1.25 ato:40 mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:7 ssthresh:5 bytes_sent:8609 bytes_retrans:1448 bytes_acked:8609 segs_out:5 segs_in:9 data_segs_out:3 send 3955512bps lastsnd:924 pacing_rate 7910984bps delivery_rate 1448000bps delivered:4 app_limited busy:48ms retrans:0/17 reordering:24 minrtt:20.012
            ESTAB 0      512    127.0.0.1:44422 127.0.0.1:44583
            \t ts sack bbr wscale:10,10 rto:201 rtt:0.011/0.004 mss:32768 cwnd:14 bbr:(bw:39098170160bps,mrtt:0.011,pacing_gain:2.88672,cwnd_gain:2.88672) send 1066439957bps
            SYN-SENT 0      1      10.0.0.1:5000 10.0.0.2:22
            \t reno rto:1000 mss:524 cwnd:10
            """;

    @Test
    void shouldReadTheKernelsFigures() {
        TcpConnection connection = TcpConnection.to(parse(), "10.88.1.2", 44422).orElseThrow();

        assertThat(connection.congestion()).isEqualTo("cubic");
        assertThat(connection.rttMs()).hasValue(20.5);
        assertThat(connection.rtoMs()).hasValue(224);
        assertThat(connection.congestionWindow()).hasValue(7);
        assertThat(connection.mssBytes()).hasValue(1448);
        assertThat(connection.retransmissions()).isEqualTo(17);
        assertThat(connection.fields()).containsEntry("pacing_rate", "7910984bps");
    }

    @Test
    void shouldFindAConnectionByEitherEnd() {
        assertThat(parse()).hasSize(3);
        assertThat(TcpConnection.from(parse(), "127.0.0.1", 44422).orElseThrow().congestion())
                .isEqualTo("bbr");
        assertThat(TcpConnection.to(parse(), "10.0.0.2", 22).orElseThrow().congestion())
                .isEqualTo("reno");
        assertThat(TcpConnection.to(parse(), "10.88.1.2", 44421)).isEmpty();
        assertThat(TcpConnection.to(parse(), "10.88.1.1", 44422)).isEmpty();
    }

    @Test
    void shouldTakeNoRetransmissionsForNone() {
        assertThat(TcpConnection.from(parse(), "127.0.0.1", 44422).orElseThrow().retransmissions())
                .isZero();
    }

    @Test
    void shouldPassOverWhatItDoesNotKnow() {
        assertThat(TcpConnection.parse("State Recv-Q Send-Q\nnonsense\n\t cubic rto:1\n"))
                .isEmpty();
        assertThat(TcpConnection.parse("")).isEmpty();
    }

    private static List<TcpConnection> parse() {
        return TcpConnection.parse(OUTPUT);
    }
}

package io.fizeau.bench.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import io.fizeau.core.transport.Availability;
import io.fizeau.transports.link.Link;
import io.fizeau.transports.link.LinkKind;
import io.fizeau.transports.link.LinkSpeed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkExaminationTest {
    @Test
    void shouldTellWhatALinkReaches() {
        assertThat(examine("tun", Availability.yes(), new LinkSpeed(263_164, 10_200, 7_400)))
                .isEqualTo(Finding.ok("link tun", "263,164 packets/s, adds 2.8 us to a round trip; a rope"));
    }

    @Test
    void shouldWarnOfALinkThatIsSlow() {
        assertThat(examine("udp-proxy", Availability.yes(), new LinkSpeed(49_999, 10_200, 7_400))
                        .level())
                .isEqualTo(Finding.Level.WARN);
        assertThat(examine("udp-proxy", Availability.yes(), new LinkSpeed(200_000, 30_000, 7_400))
                        .level())
                .isEqualTo(Finding.Level.WARN);
    }

    @Test
    void shouldTellWhyALinkIsNotToBeHad() {
        assertThat(examine("netem", Availability.no("this kernel has no netem"), new LinkSpeed(1, 1, 1)))
                .isEqualTo(Finding.ok("link netem", "not to be had: this kernel has no netem"));
    }

    @Test
    void shouldNotMeasureLinksOfTheKernel() {
        assertThat(LinkExamination.findings(List.of(kind("nft", Availability.yes())), kind -> {
                    throw new AssertionError("measured");
                }))
                .containsExactly(Finding.ok("link nft", "there: a rope"));
    }

    @Test
    void shouldWarnOfALinkThatFailsWhenItIsUsed() {
        assertThat(LinkExamination.findings(List.of(kind("tun", Availability.yes())), kind -> {
                    throw TransportException.badRequest("it tore");
                }))
                .containsExactly(Finding.warn("link tun", "it seemed to be there", "it tore"));
    }

    private static Finding examine(final String name, final Availability availability, final LinkSpeed speed) {
        return LinkExamination.findings(List.of(kind(name, availability)), kind -> speed)
                .get(0);
    }

    private static LinkKind kind(final String name, final Availability availability) {
        return new LinkKind() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String description() {
                return "a rope";
            }

            @Override
            public Availability availability() {
                return availability;
            }

            @Override
            public boolean needsNamespace() {
                return false;
            }

            @Override
            public boolean isCarriedByProcess() {
                return name.equals("tun") || name.equals("udp-proxy");
            }

            @Override
            public Optional<String> refusal(final Impairment impairment, final String transport) {
                return Optional.empty();
            }

            @Override
            public Link open() {
                throw new UnsupportedOperationException();
            }
        };
    }
}

package io.fizeau.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTest {
    private static final Option<Integer> COUNT = Option.integer("count", 3, 1, 64, "how many");
    private static final Option<Boolean> FLAG = Option.flag("flag", false, "whether");

    private final Settings settings = Settings.of("here", List.of(COUNT, FLAG), Map.of("count", "7"));

    @Test
    void shouldGiveWhatWasGivenAndTheDefaultOfTheRest() {
        assertThat(settings.get(COUNT)).isEqualTo(7);
        assertThat(settings.get(FLAG)).isFalse();
        assertThat(settings.isGiven(COUNT)).isTrue();
        assertThat(settings.isGiven(FLAG)).isFalse();
        assertThat(settings.given()).containsExactly(Map.entry("count", "7"));
        assertThat(settings.known()).containsExactly(COUNT, FLAG);
        assertThat(settings).hasToString("here{count=7}");
    }

    @Test
    void shouldLeaveTheOldSettingsAloneWhenOneIsChanged() {
        final Settings changed = settings.with(FLAG, "true");

        assertThat(changed.get(FLAG)).isTrue();
        assertThat(changed.get(COUNT)).isEqualTo(7);
        assertThat(settings.get(FLAG)).isFalse();
    }

    @Test
    void shouldListTheKnownOptionsWhenOneIsNotKnown() {
        assertThatThrownBy(() -> Settings.of("here", List.of(COUNT, FLAG), Map.of("cuont", "7")))
                .isInstanceOf(TransportException.class)
                .hasMessage("here has no option 'cuont': the known ones are count, flag");
        assertThatThrownBy(() -> Settings.of("there", List.of(), Map.of("x", "y")))
                .hasMessage("there has no option 'x': the known ones are none");
    }

    @Test
    void shouldNameTheOwnerOfAValueThatIsNotAllowed() {
        assertThatThrownBy(() -> settings.with(COUNT, "65"))
                .isInstanceOf(TransportException.class)
                .hasMessage("here: option count=65 is not allowed: it takes 1 to 64");
    }

    @Test
    void shouldRefuseAnOptionThatWasNotDeclared() {
        assertThatThrownBy(() -> settings.get(CommonOptions.IDLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("here does not declare the option idle");
    }
}

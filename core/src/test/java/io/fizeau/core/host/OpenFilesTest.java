package io.fizeau.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void shouldReadTheHardLimit() {
        assertThat(OpenFiles.most("""
                        Limit                     Soft Limit           Hard Limit           Units
                        Max processes             96365                96365                processes
                        Max open files            1024                 524288               files
                        """)).hasValue(524_288);
    }

    @Test
    void shouldKnowNoLimitWhereThereIsNoneOrNoFile() {
        assertThat(OpenFiles.most("Max open files            1024                 unlimited            files"))
                .isEmpty();
        assertThat(OpenFiles.most("unavailable: no such file")).isEmpty();
    }
}

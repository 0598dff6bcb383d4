// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    /** With {@code -Dmtor.write=true} it writes the page anew. */
    @Test
    void shouldSayWhatTheRecordsSay() throws IOException {
        String generated = ConfigurationPage.generated();
        if (Boolean.getBoolean("mtor.write")) {
            Files.writeString(Page.ROOT.resolve(ConfigurationPage.FILE), generated);
        }

        assertThat(Page.of(ConfigurationPage.FILE).text())
                .as("written anew by ./mvnw -pl e2e -am test -Dtest=ConfigurationPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dmtor.write=true")
                .isEqualTo(generated);
    }
}

// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.config.Secret;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinTokenTest {

    private static final Secret SECRET = new Secret("0123456789abcdef0123456789abcdef");
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final JoinToken TOKEN =
            new JoinToken("attic", Trust.VOLUNTEER, List.of(QueryType.CHAT, QueryType.IMAGINE), 1_001);

    private static void assertBad(String token, Secret secret, Instant now, String why) {
        assertThatThrownBy(() -> JoinToken.verify(token, secret, now))
                .isInstanceOf(JoinToken.BadToken.class)
                .hasMessageContaining(why);
    }

    @Test
    void shouldBeTrustedByWhoeverKnowsTheSecret() throws Exception {
        assertThat(JoinToken.verify(TOKEN.sign(SECRET), SECRET, NOW)).isEqualTo(TOKEN);
    }

    @Test
    void shouldSayWhetherItIsForOneHostOnly() throws Exception {
        var once = new JoinToken("attic", Trust.OWN, List.of(), 1_001, "0123456789abcdef");

        assertThat(JoinToken.verify(once.sign(SECRET), SECRET, NOW)).isEqualTo(once);
        assertThat(JoinToken.verify(TOKEN.sign(SECRET), SECRET, NOW).once()).isNull();
        for (String bad : List.of("", "short", "0123456789 abcdef", "x".repeat(65))) {
            assertThatThrownBy(() -> new JoinToken("attic", Trust.OWN, List.of(), 1, bad))
                    .hasMessageContaining("once must have 16 to 64 characters");
        }
    }

    @Test
    void shouldNotBeTrustedWithAnotherSecretOrTooLate() {
        assertBad(TOKEN.sign(SECRET), new Secret("another"), NOW, "not of this realm");
        assertBad(TOKEN.sign(SECRET), SECRET, Instant.ofEpochSecond(1_001), "expired");
    }

    @Test
    void shouldNotBeTrustedOnceAnythingInItWasChanged() {
        String token = TOKEN.sign(SECRET);
        for (int i = 0; i < token.length(); i++) {
            String changed = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
            boolean lastBits = i == token.length() - 1;
            if (!lastBits) {
                assertThatThrownBy(() -> JoinToken.verify(changed, SECRET, NOW))
                        .as(changed)
                        .isInstanceOf(JoinToken.BadToken.class);
            }
        }
    }

    @Test
    void shouldNotBeMadeByOthers() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"name\":\"x\",\"trust\":\"own\",\"query_types\":[],\"expires\":99999999999}"
                        .getBytes(StandardCharsets.UTF_8));
        for (String token : List.of(
                "",
                ".",
                "mtor1.",
                "mtor1..",
                "mtor1." + claims,
                "mtor1." + claims + ".",
                "mtor1." + claims + ".AAAA",
                "x".repeat(5_000))) {
            assertThatThrownBy(() -> JoinToken.verify(token, SECRET, NOW))
                    .as(token)
                    .isInstanceOf(JoinToken.BadToken.class);
        }
    }

    @Test
    void shouldWantANameThatCanStandInALog() {
        for (String name : List.of("", " ", "x".repeat(65), "a\nb")) {
            assertThatThrownBy(() -> new JoinToken(name, Trust.OWN, List.of(), 1))
                    .hasMessageContaining("name must have 1 to 64 printable characters");
        }
    }
}

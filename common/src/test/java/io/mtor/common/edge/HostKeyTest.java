// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.protocol.Bytes;
import org.junit.jupiter.api.Test;

class HostKeyTest {

    private static final Bytes NONCE = Bytes.of(new byte[] {1, 2, 3});

    private final HostKey key = HostKey.generate();

    @Test
    void shouldProveThatItIsHere() {
        assertThat(HostKey.isProven(key.publicKey(), NONCE, key.sign(NONCE))).isTrue();
    }

    @Test
    void shouldNotBeProvenByAnotherNonceOrAnotherKeyOrRubbish() {
        Bytes signature = key.sign(NONCE);

        assertThat(HostKey.isProven(key.publicKey(), Bytes.of(new byte[] {1, 2, 4}), signature))
                .isFalse();
        assertThat(HostKey.isProven(HostKey.generate().publicKey(), NONCE, signature))
                .isFalse();
        assertThat(HostKey.isProven(key.publicKey(), NONCE, NONCE)).isFalse();
        assertThat(HostKey.isProven(NONCE, NONCE, signature)).isFalse();
        assertThat(HostKey.isProven(Bytes.EMPTY, NONCE, Bytes.EMPTY)).isFalse();
    }

    @Test
    void shouldHaveAMarkOfItsOwnThatStaysTheSame() {
        HostKey again = HostKey.parse(key.text());

        assertThat(again).isEqualTo(key);
        assertThat(again.mark()).isEqualTo(key.mark()).matches("[a-z2-7]{12}");
        assertThat(HostKey.generate().mark()).isNotEqualTo(key.mark());
    }

    @Test
    void shouldRefuseATextThatIsNoKey() {
        String[] halves = key.text().split(" ");
        String foreign = HostKey.generate().text().split(" ")[1];
        for (String text : new String[] {"", "x", "AAAA AAAA", halves[0], halves[0] + " " + foreign, "ä ö"}) {
            assertThatThrownBy(() -> HostKey.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldNotPrintItsPrivateHalf() {
        assertThat(key.toString()).isEqualTo("key of host " + key.mark());
    }
}

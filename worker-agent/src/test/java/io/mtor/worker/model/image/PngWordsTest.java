// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Bytes;
import io.mtor.worker.testing.Paintings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngWordsTest {

    private static final byte[] PLAIN = Paintings.png(16);

    /** Behind the signature and the header, where servers write them. */
    private static final int PLACE = 33;

    private static byte[] with(String type, String content) {
        byte[] chunk = (type + content).getBytes(StandardCharsets.ISO_8859_1);
        var sum = new CRC32();
        sum.update(chunk);
        var out = new ByteArrayOutputStream();
        out.write(PLAIN, 0, PLACE);
        out.writeBytes(ByteBuffer.allocate(4).putInt(chunk.length - 4).array());
        out.writeBytes(chunk);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        out.write(PLAIN, PLACE, PLAIN.length - PLACE);
        return out.toByteArray();
    }

    @Test
    void shouldTakeOutWhatServersWriteIntoAPicture() {
        for (String type : List.of("tEXt", "zTXt", "iTXt", "eXIf")) {
            byte[] written = with(type, "prompt\0{\"wanted\": \"a fox\", \"ckpt_name\": \"mine.safetensors\"}");
            assertThat(PngWords.removed(written)).isEqualTo(PLAIN);
        }
    }

    @Test
    void shouldLeaveTheRestAndThePictureWhole() throws IOException {
        byte[] coloured = with("gAMA", "\0\0\0\1");
        assertThat(PngWords.removed(coloured)).isEqualTo(coloured);
        assertThat(ImageIO.read(new ByteArrayInputStream(PngWords.removed(with("tEXt", "a"))))
                        .getWidth())
                .isEqualTo(16);
    }

    @Test
    void shouldLeaveWhatIsNotBuiltAsItShouldBe() {
        byte[] written = with("tEXt", "words");
        for (int length = 8; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThat(PngWords.removed(cut).length).isLessThanOrEqualTo(length);
        }
        byte[] wild = PLAIN.clone();
        wild[8] = (byte) 0xff;
        assertThat(PngWords.removed(wild)).isEqualTo(wild);
    }

    @Test
    void shouldHandOverNoPictureWithWords() {
        assertThat(Pictures.of(with("tEXt", "parameters\0a fox")))
                .hasValueSatisfying(medium -> assertThat(medium.data()).isEqualTo(Bytes.of(PLAIN)));
    }
}

// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Limits;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.gateway.Uploads.BrokenUpload;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UploadsTest {

    private final Uploads uploads = new Uploads(new Limits(1_000, 1_000, 10, 100, 8, 10));

    @Test
    void shouldPutTheFramesOfEachStreamTogether() throws BrokenUpload {
        ClientMessage.Work both = work(1, 2);
        uploads.begin(both, 0);

        assertThat(uploads.frame(frame(1, 'a'))).isEmpty();
        assertThat(uploads.frame(frame(2, 'x'))).isEmpty();
        assertThat(uploads.frame(frame(1, 'b'))).isEmpty();
        assertThat(uploads.frame(frame(1))).isEmpty();

        assertThat(uploads.frame(frame(2)))
                .contains(new Uploads.Complete(both, List.of(picture('a', 'b'), picture('x'))));
    }

    @Test
    void shouldKeepMediaThatCameInsideTheMessage() throws BrokenUpload {
        Media inside = picture('i');
        var work = withMedia(IntentId.random(), inside, Media.streamed("image/png", 7));
        uploads.begin(work, 0);

        assertThat(uploads.frame(frame(7))).map(Uploads.Complete::media).contains(List.of(inside, picture()));
    }

    @Test
    void shouldRefuseAStreamThatNobodyNamed() {
        assertThat(broken(frame(3, 'a'))).hasMessage("no work has named the binary stream 3");
        assertThat(broken(new byte[0])).hasMessage("no work has named the binary stream 0");
    }

    @Test
    void shouldRefuseAStreamThatIsInUseAndTakeNothingFromIt() throws BrokenUpload {
        // Given
        ClientMessage.Work first = work(2);
        uploads.begin(first, 0);

        // When
        BrokenUpload e = catchThrowableOfType(BrokenUpload.class, () -> uploads.begin(work(1, 2), 0));
        assertThat(e).hasMessage("media.stream 2 is in use");

        // Then stream 1 is free, and stream 2 still belongs to the first
        uploads.begin(work(1), 0);
        assertThat(uploads.frame(frame(2))).map(Uploads.Complete::work).contains(first);
    }

    @Test
    void shouldRefuseTwoMediaOnOneStream() throws BrokenUpload {
        assertThat(catchThrowableOfType(BrokenUpload.class, () -> uploads.begin(work(1, 1), 0)))
                .hasMessage("two media name the same stream");
        uploads.begin(work(1), 0);
    }

    @Test
    void shouldLetANumberBeUsedAgainWithoutMixing() throws BrokenUpload {
        // Given work that still waits for its second stream
        ClientMessage.Work first = work(1, 2);
        uploads.begin(first, 0);
        uploads.frame(frame(1, 'a'));
        uploads.frame(frame(1));

        // When another uses the number of the first
        ClientMessage.Work second = work(1);
        uploads.begin(second, 50);
        uploads.frame(frame(1, 'z'));
        assertThat(uploads.expire(10)).containsExactly(first);

        // Then each has its own bytes
        assertThat(uploads.frame(frame(1))).contains(new Uploads.Complete(second, List.of(picture('z'))));
    }

    @Test
    void shouldBeginAnewWhenTheSameIsSentAgain() throws BrokenUpload {
        ClientMessage.Work work = work(1);
        uploads.begin(work, 0);
        uploads.frame(frame(1, 'a'));
        uploads.begin(work, 10);
        uploads.frame(frame(1, 'b'));

        assertThat(uploads.frame(frame(1))).map(Uploads.Complete::media).contains(List.of(picture('b')));
    }

    @Test
    void shouldCountTheBytesOfAllThatIsHere() throws BrokenUpload {
        // Given sixty bytes that have ended but wait for another stream
        ClientMessage.Work first = work(1, 2);
        uploads.begin(first, 0);
        uploads.frame(large(1, 60));
        uploads.frame(frame(1));
        ClientMessage.Work second = work(3);
        uploads.begin(second, 0);

        // When
        BrokenUpload e = broken(large(3, 41));

        // Then
        assertThat(e).hasMessage("media have more than 100 bytes");
        assertThat(e.works()).containsExactly(first, second);
        uploads.begin(work(1, 2, 3), 0);
        uploads.frame(large(3, 100));
    }

    @Test
    void shouldGiveBackTheRoomOfWhatIsForgotten() throws BrokenUpload {
        for (int i = 0; i < 10; i++) {
            ClientMessage.Work work = work(1, 2);
            uploads.begin(work, 0);
            uploads.frame(large(1, 60));
            uploads.frame(frame(1));
            uploads.frame(large(2, 40));
            assertThat(uploads.forget(work.guid())).isTrue();
            assertThat(uploads.forget(work.guid())).isFalse();
        }
        assertThat(uploads.expire(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void shouldExpireWhatNeverEnds() throws BrokenUpload {
        ClientMessage.Work old = work(1);
        uploads.begin(old, 100);
        uploads.begin(work(2), 200);

        assertThat(uploads.expire(100)).isEmpty();
        assertThat(uploads.expire(101)).containsExactly(old);
        assertThat(broken(frame(1, 'a'))).hasMessageContaining("no work has named");
    }

    private BrokenUpload broken(byte[] frame) {
        Optional<BrokenUpload> thrown =
                Optional.ofNullable(catchThrowableOfType(BrokenUpload.class, () -> uploads.frame(frame)));
        return thrown.orElseThrow();
    }

    private static ClientMessage.Work work(int... streams) {
        Media[] media = IntStream.of(streams)
                .mapToObj(stream -> Media.streamed("image/png", stream))
                .toArray(Media[]::new);
        return withMedia(IntentId.random(), media);
    }

    private static ClientMessage.Work withMedia(IntentId guid, Media... media) {
        return new ClientMessage.Work(
                guid,
                QueryType.VISION,
                "What is this?",
                null,
                null,
                null,
                List.of(media),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Media picture(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return Media.whole("image/png", Bytes.of(array));
    }

    private static byte[] frame(int stream, int... bytes) {
        byte[] frame = new byte[bytes.length + 1];
        frame[0] = (byte) stream;
        for (int i = 0; i < bytes.length; i++) {
            frame[i + 1] = (byte) bytes[i];
        }
        return frame;
    }

    private static byte[] large(int stream, int size) {
        byte[] frame = new byte[size + 1];
        frame[0] = (byte) stream;
        return frame;
    }
}

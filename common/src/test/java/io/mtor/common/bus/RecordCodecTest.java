// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private static final long SEED = Long.getLong("mtor.seed", new Random().nextLong());

    private final Random random = new Random(SEED);

    private final RandomRecords records = new RandomRecords(random);

    @Test
    void shouldReadWhatItWrote() {
        for (Class<? extends BusMessage> type : messages()) {
            for (int i = 0; i < 200; i++) {
                BusMessage message = records.of(type);
                byte[] bytes = BusFormat.CODEC.encode(message);
                assertThat(BusFormat.CODEC.decode(bytes)).as("seed %d", SEED).isEqualTo(message);
            }
        }
    }

    @Test
    void shouldKnowEveryMessage() {
        for (Class<? extends BusMessage> type : messages()) {
            assertThat(BusFormat.CODEC.encode(records.of(type)))
                    .as(type.getName())
                    .isNotEmpty();
        }
        assertThat(messages()).hasSizeGreaterThan(30);
    }

    @Test
    void shouldSurviveEveryTruncation() {
        for (Class<? extends BusMessage> type : messages()) {
            byte[] bytes = BusFormat.CODEC.encode(records.of(type));
            for (int length = 0; length < bytes.length; length++) {
                assertDecodesOrRefuses(Arrays.copyOf(bytes, length));
            }
        }
    }

    @Test
    void shouldSurviveDamage() {
        for (Class<? extends BusMessage> type : messages()) {
            for (int i = 0; i < 2_000; i++) {
                byte[] bytes = BusFormat.CODEC.encode(records.of(type));
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                assertDecodesOrRefuses(bytes);
            }
        }
    }

    @Test
    void shouldSurviveNoise() {
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(messages().size());
            }
            assertDecodesOrRefuses(bytes);
        }
    }

    private static void assertDecodesOrRefuses(byte[] bytes) {
        try {
            BusFormat.CODEC.decode(bytes);
        } catch (IllegalArgumentException e) {
            // That is how it refuses.
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + SEED + ": " + Arrays.toString(bytes), e);
        }
    }

    @Test
    void shouldBelieveNoLength() {
        var codec = new RecordCodec<Record>(List.of(Listing.class));

        assertThatThrownBy(() -> codec.decode(new byte[] {0, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.decode(new byte[] {0, 1})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNotReadBeyondAFrame() {
        var codec = new RecordCodec<Record>(List.of(Outer.class));
        byte[] bytes = codec.encode(new Outer(new Old("ab", 1), "outside"));

        // The inner string claims to reach into what follows its frame.
        bytes[5] = 16;

        assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseANumberThatDoesNotFit() {
        var longs = new RecordCodec<Record>(List.of(Large.class));
        var ints = new RecordCodec<Record>(List.of(Small.class));
        byte[] bytes = longs.encode(new Large(1L << 40));

        assertThatThrownBy(() -> ints.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- two versions

    record Old(String name, int count) {}

    record Newer(String name, int count, @Nullable String note, long since, boolean urgent, List<String> tags) {}

    record Outer(Old inner, String after) {}

    record NewerOuter(Newer inner, String after) {}

    record Listing(List<Old> all) {}

    record Large(long value) {}

    record Small(int value) {}

    record Demanding(String name, int count, String needed) {}

    @Test
    void shouldSkipWhatANewerVersionAppended() {
        var newer = new RecordCodec<Record>(List.of(Newer.class, NewerOuter.class));
        var older = new RecordCodec<Record>(List.of(Old.class, Outer.class));
        var inner = new Newer("a", 3, "note", 9, true, List.of("x", "y"));

        assertThat(older.decode(newer.encode(inner))).isEqualTo(new Old("a", 3));
        assertThat(older.decode(newer.encode(new NewerOuter(inner, "after"))))
                .isEqualTo(new Outer(new Old("a", 3), "after"));
    }

    @Test
    void shouldReadAsNothingWhatAnOlderVersionDidNotKnow() {
        var newer = new RecordCodec<Record>(List.of(Newer.class, NewerOuter.class));
        var older = new RecordCodec<Record>(List.of(Old.class, Outer.class));
        var expected = new Newer("a", 3, null, 0, false, List.of());

        assertThat(newer.decode(older.encode(new Old("a", 3)))).isEqualTo(expected);
        assertThat(newer.decode(older.encode(new Outer(new Old("a", 3), "after"))))
                .isEqualTo(new NewerOuter(expected, "after"));
    }

    @Test
    void shouldRefuseWhatLacksSomethingNeeded() {
        var demanding = new RecordCodec<Record>(List.of(Demanding.class));
        var older = new RecordCodec<Record>(List.of(Old.class));

        assertThatThrownBy(() -> demanding.decode(older.encode(new Old("a", 3))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAMessageOfANewerVersion() {
        assertThatThrownBy(() -> BusFormat.CODEC.decode(new byte[] {(byte) 200}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void shouldKeepItsFormat() throws IOException {
        // A line that changes or goes is a break between two versions in one cluster; new lines, and components added
        // at
        // the end of a line, are not: then this file follows.
        assertThat(BusFormat.CODEC.describe())
                .isEqualTo(Files.readString(Path.of("src/test/resources/bus/format.txt")));
    }

    private static List<Class<? extends BusMessage>> messages() {
        List<Class<? extends BusMessage>> all = new ArrayList<>();
        Stream.of(BusMessage.class.getPermittedSubclasses()).forEach(each -> collect(each, all));
        return all;
    }

    private static void collect(Class<?> type, List<Class<? extends BusMessage>> all) {
        if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(each -> collect(each, all));
        } else {
            all.add(type.asSubclass(BusMessage.class));
        }
    }
}

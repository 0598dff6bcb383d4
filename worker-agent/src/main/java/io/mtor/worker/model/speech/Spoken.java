// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Refusal;
import io.mtor.worker.model.http.Whole;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What all that speak have in common: words go in, one WAV sound comes out. */
final class Spoken {

    /** What is looked at of something that is no sound, for the server's reason. */
    private static final int MAX_ERROR_BYTES = 64 * 1024;

    private Spoken() {}

    /**
     * The words to speak.
     *
     * @throws BadInputException if there are none, or if media come with them
     */
    static String words(Intent intent) throws BadInputException {
        if (intent.text().isBlank()) {
            throw new BadInputException("speak needs a text");
        }
        if (!intent.media().isEmpty()) {
            throw new BadInputException("speak takes words and no media");
        }
        return intent.text();
    }

    /**
     * Takes a sound by its first bytes, whatever its type is called: an error page with status 200 is none.
     *
     * @param maxBytes a longer sound is a failure
     */
    static Decoder decoder(int maxBytes) {
        return new Whole(maxBytes, Spoken::read);
    }

    private static List<Answer> read(byte[] body) {
        if (!Wav.isWav(body)) {
            var start = new String(body, 0, Math.min(body.length, MAX_ERROR_BYTES), StandardCharsets.UTF_8);
            return List.of(Refusal.noAnswer("what is no WAV sound", start));
        }
        var sound = Media.whole("audio/wav", Bytes.of(Wav.repaired(body)));
        return List.of(new Answer.Medium(sound), new Answer.Done(null, null));
    }
}

// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Form;
import io.mtor.worker.model.http.Messages;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The speech that comes with an intent. */
final class Recording {

    /** The type decides the name of the file, and goes into a header: nothing but such a type may. Parameters are dropped. */
    private static final Pattern TYPE = Pattern.compile("(audio/(?:x-)?([a-z0-9.+-]+))(?:;.*)?");

    private Recording() {}

    /**
     * The form that all servers understand: the sound, the language if the intent names one, and the wish for JSON.
     *
     * @throws BadInputException if there is not one sound, or if the language is none
     */
    static Form form(Intent intent) throws BadInputException {
        if (intent.media().size() != 1) {
            throw new BadInputException(
                    intent.media().isEmpty()
                            ? "transcribe needs a recording: attach one sound, such as audio/wav"
                            : "transcribe takes one recording, not "
                                    + intent.media().size());
        }
        Media medium = intent.media().getFirst();
        Matcher type = TYPE.matcher(medium.mediaType().toLowerCase(Locale.ROOT));
        Bytes data = medium.data();
        if (data == null || !type.matches()) {
            throw new BadInputException("transcribe takes a sound, such as audio/wav, not " + medium.mediaType());
        }
        var form = new Form()
                .file("file", "recording." + ending(type.group(2)), type.group(1), data.array())
                .field("response_format", "json");
        Messages.word(intent.parameters(), "language", Messages.LANGUAGE)
                .ifPresent(language -> form.field("language", language));
        return form;
    }

    /** Servers look at it rather than at the type. */
    private static String ending(String subtype) {
        return switch (subtype) {
            case "wave", "vnd.wave" -> "wav";
            case "mpeg" -> "mp3";
            case "mp4" -> "m4a";
            default -> subtype;
        };
    }
}

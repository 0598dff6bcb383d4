// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** What a microphone hears: real words, spoken by espeak-ng, and silence between them. */
final class Speech {

    private static final AudioFormat FORMAT = new AudioFormat(22_050, 16, 1, true, false);

    private final ByteArrayOutputStream samples = new ByteArrayOutputStream();

    Speech silence(Duration length) {
        int frames = Math.toIntExact(length.toMillis() * (int) FORMAT.getSampleRate() / 1_000);
        samples.writeBytes(new byte[frames * FORMAT.getFrameSize()]);
        return this;
    }

    Speech words(String words) {
        try {
            Path file = Files.createTempFile("mtor-", ".wav");
            try {
                int exit = new ProcessBuilder("espeak-ng", "-w", file.toString(), words)
                        .inheritIO()
                        .start()
                        .waitFor();
                if (exit != 0) {
                    throw new IllegalStateException("espeak-ng ended with " + exit);
                }
                try (var audio = AudioSystem.getAudioInputStream(file.toFile())) {
                    if (!audio.getFormat().matches(FORMAT)) {
                        throw new IllegalStateException("espeak-ng speaks in " + audio.getFormat());
                    }
                    samples.writeBytes(audio.readAllBytes());
                }
            } finally {
                Files.delete(file);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("espeak-ng is needed: apt-get install espeak-ng", e);
        } catch (UnsupportedAudioFileException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a WAV file. */
    byte[] wav() {
        var out = new ByteArrayOutputStream();
        byte[] all = samples.toByteArray();
        var audio = new AudioInputStream(new ByteArrayInputStream(all), FORMAT, all.length / FORMAT.getFrameSize());
        try {
            AudioSystem.write(audio, AudioFileFormat.Type.WAVE, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

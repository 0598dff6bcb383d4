// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What can be said of a picture without understanding it.
 *
 * @param brightness 0 black to 1 white, on average
 * @param colours what covers most of it, the most first, at most three
 */
record PictureFacts(int width, int height, double brightness, List<ColourName> colours) {

    private static final int SAMPLE_WIDTH = 64;

    private static final double LEAST_SHARE = 0.10;

    static PictureFacts of(BufferedImage picture) {
        BufferedImage sample = Pictures.scaled(picture, Math.min(SAMPLE_WIDTH, picture.getWidth()));
        Map<ColourName, Integer> counts = new EnumMap<>(ColourName.class);
        double light = 0;
        int points = sample.getWidth() * sample.getHeight();
        for (int y = 0; y < sample.getHeight(); y++) {
            for (int x = 0; x < sample.getWidth(); x++) {
                var colour = new Color(sample.getRGB(x, y));
                light += (0.2126 * colour.getRed() + 0.7152 * colour.getGreen() + 0.0722 * colour.getBlue()) / 255;
                counts.merge(ColourName.of(colour), 1, Integer::sum);
            }
        }
        List<ColourName> most = counts.entrySet().stream()
                .filter(each -> each.getValue() >= LEAST_SHARE * points)
                .sorted(Map.Entry.<ColourName, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(3)
                .map(Map.Entry::getKey)
                .toList();
        return new PictureFacts(picture.getWidth(), picture.getHeight(), light / points, most);
    }
}

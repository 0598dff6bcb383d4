// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import java.awt.Color;

/** Colours that have a name in every language. */
enum ColourName {
    BLACK("black", "Schwarz"),
    GREY("grey", "Grau"),
    WHITE("white", "Weiß"),
    RED("red", "Rot"),
    ORANGE("orange", "Orange"),
    BROWN("brown", "Braun"),
    YELLOW("yellow", "Gelb"),
    GREEN("green", "Grün"),
    TURQUOISE("turquoise", "Türkis"),
    BLUE("blue", "Blau"),
    VIOLET("violet", "Violett"),
    PINK("pink", "Rosa");

    private final String english;

    private final String german;

    ColourName(String english, String german) {
        this.english = english;
        this.german = german;
    }

    String in(Language language) {
        return language == Language.GERMAN ? german : english;
    }

    static ColourName of(Color colour) {
        float[] hsb = Color.RGBtoHSB(colour.getRed(), colour.getGreen(), colour.getBlue(), null);
        if (hsb[2] < 0.14) {
            return BLACK;
        }
        if (hsb[1] < 0.14) {
            return hsb[2] > 0.86 ? WHITE : GREY;
        }
        return ofHue(hsb[0] * 360, hsb[1], hsb[2]);
    }

    private static ColourName ofHue(float degrees, float saturation, float brightness) {
        if (degrees < 16 || degrees >= 345) {
            return brightness > 0.8 && saturation < 0.55 ? PINK : RED;
        } else if (degrees < 45) {
            return brightness < 0.62 ? BROWN : ORANGE;
        } else if (degrees < 68) {
            return YELLOW;
        } else if (degrees < 160) {
            return GREEN;
        } else if (degrees < 195) {
            return TURQUOISE;
        } else if (degrees < 255) {
            return BLUE;
        }
        return degrees < 300 ? VIOLET : PINK;
    }
}

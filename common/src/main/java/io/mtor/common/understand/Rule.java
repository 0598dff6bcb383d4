// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.understand;

import io.mtor.common.protocol.QueryType;
import java.util.regex.Pattern;

/**
 * One line of {@code rules.txt}.
 *
 * @param picture whether it is for words that come with a picture
 * @param outcome what it means if it matches
 * @param pattern what to search in a sentence
 */
record Rule(boolean picture, Understood outcome, Pattern pattern) {

    static Rule of(String when, String type, String confidence, String cue, String pattern) {
        var outcome = new Understood(new QueryType(type), Double.parseDouble(confidence), cue);
        return new Rule(when.equals("picture"), outcome, Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS));
    }

    boolean matches(String sentence) {
        return pattern.matcher(sentence).find();
    }
}

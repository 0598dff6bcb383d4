// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.command;

/** What a program reads. */
public enum MediaKind {
    /** The text of the intent. */
    TEXT,
    /** The bytes of its first medium. */
    MEDIA
}

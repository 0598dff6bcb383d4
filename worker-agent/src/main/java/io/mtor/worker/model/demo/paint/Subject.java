// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

/** What stands in a scene. */
enum Subject {
    MOUNTAIN,
    SEA,
    CITY,
    FOREST
}

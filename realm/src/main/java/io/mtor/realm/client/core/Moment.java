// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

/**
 * When something happens, and the luck of that moment.
 *
 * @param now milliseconds that never go back
 * @param chance drawn anew for each moment, from 0 up to but without 1
 */
public record Moment(long now, double chance) {}

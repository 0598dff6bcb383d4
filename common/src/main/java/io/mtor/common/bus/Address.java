// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

/**
 * Where messages of one kind are heard.
 *
 * @param <M> what is heard there
 */
public record Address<M extends BusMessage>(String value, Class<M> kind) {}

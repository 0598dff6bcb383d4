// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.util.List;

/** Something that tells about the GPUs of this machine. */
public interface GpuSource extends AutoCloseable {

    /** The newest of each GPU; empty if there is none, or nothing new. May block for some milliseconds. */
    List<GpuSample> sample();

    @Override
    default void close() {}
}

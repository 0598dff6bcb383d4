// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model;

/** One intent that a model server works on. Every method may be called at any time, also after the end. */
public interface Run {

    /** Stops the work at once and frees the model server's slot; the sink hears nothing more. */
    void cancel();

    /** Makes no more pieces until {@link #resume}; a few that are on their way may still come. */
    void pause();

    void resume();
}

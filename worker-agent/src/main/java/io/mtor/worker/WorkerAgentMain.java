// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

/** A worker-agent as a process of its own. */
public final class WorkerAgentMain {

    private WorkerAgentMain() {}

    public static void main(String[] args) {}
}

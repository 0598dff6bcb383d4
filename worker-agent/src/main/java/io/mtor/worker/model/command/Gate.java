// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.command;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets a thread pass, or makes it wait. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();

    private final Condition opened = lock.newCondition();

    private boolean closed;

    void pass() {
        lock.lock();
        try {
            while (closed) {
                opened.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        set(true);
    }

    void open() {
        set(false);
    }

    private void set(boolean to) {
        lock.lock();
        try {
            closed = to;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

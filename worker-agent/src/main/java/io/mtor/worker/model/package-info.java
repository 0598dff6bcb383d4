// SPDX-License-Identifier: GPL-3.0-only
/** What the worker-agent asks of a model server, whatever it is; one sub-package for each kind. */
@NullMarked
package io.mtor.worker.model;

import org.jspecify.annotations.NullMarked;

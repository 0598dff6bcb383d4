// SPDX-License-Identifier: GPL-3.0-only
/** What the Kubernetes manifests promise, checked without a cluster. */
@NullMarked
package io.mtor.e2e.k8s;

import org.jspecify.annotations.NullMarked;

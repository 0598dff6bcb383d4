// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

/** Where a certificate and its key come from. Reads files, so it blocks. */
interface CertificateSource {

    /**
     * What is there now.
     *
     * @throws io.mtor.common.cluster.StartException one sentence that names the file that is broken
     */
    Identity read();
}

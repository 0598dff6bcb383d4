// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.testing;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;

/**
 * What dispatchers and workers say of one intent.
 *
 * @param attempt the attempt they speak of
 */
public record Answers(IntentKey key, int attempt) {

    public GatewayBound waiting(int position) {
        return new GatewayBound.Waiting(key, attempt, position, null);
    }

    public GatewayBound rejected(ErrorCode code) {
        return new GatewayBound.Rejected(key, attempt, code, "no", 1_000L);
    }

    public GatewayBound accepted(String worker) {
        return new GatewayBound.Accepted(key, attempt, new WorkerId(worker), "a-model", false, 40, 2);
    }

    public GatewayBound text(String worker, int seq, String text) {
        return new GatewayBound.Text(key, attempt, new WorkerId(worker), seq, text);
    }

    public GatewayBound progress(String worker, int seq, int done) {
        return new GatewayBound.Progress(key, attempt, new WorkerId(worker), seq, done, 10, null);
    }

    public GatewayBound media(String worker, int seq, int offset, int length, boolean last) {
        var data = Bytes.of(new byte[length]);
        return new GatewayBound.MediaPart(key, attempt, new WorkerId(worker), seq, "image/png", offset, data, last);
    }

    public GatewayBound completed(String worker, int pieces, String text) {
        return new GatewayBound.Completed(key, attempt, new WorkerId(worker), pieces, text, "a-model", null, 1, 2);
    }

    public GatewayBound failed(String worker, GatewayBound.Cause cause) {
        return new GatewayBound.Failed(key, attempt, new WorkerId(worker), cause, "it failed");
    }

    public GatewayBound alive(String worker, int pieces, boolean ended) {
        return new GatewayBound.Alive(key, attempt, new WorkerId(worker), pieces, ended);
    }

    public GatewayBound unknown(String worker) {
        return new GatewayBound.UnknownIntent(key, new WorkerId(worker));
    }

    public GatewayBound moved(String worker) {
        return new GatewayBound.Moved(key, new WorkerId(worker));
    }
}

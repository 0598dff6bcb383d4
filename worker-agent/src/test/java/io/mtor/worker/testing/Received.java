// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model server was sent.
 *
 * @param fields of a form, else empty
 * @param fileName the field and the name of the file in a form, as in {@code file/recording.wav}; else empty
 * @param file the bytes of that file; without a form, the whole body
 */
public record Received(Map<String, String> fields, String fileName, Buffer file) {

    /** Reads it as a server would. */
    static void of(HttpServerRequest request, Handler<Received> whole) {
        boolean form = String.valueOf(request.getHeader("Content-Type")).startsWith("multipart/");
        if (!form) {
            request.bodyHandler(body -> whole.handle(new Received(Map.of(), "", body)));
            return;
        }
        Buffer file = Buffer.buffer();
        var name = new StringBuilder();
        request.setExpectMultipart(true);
        request.uploadHandler(upload -> {
            name.append(upload.name()).append('/').append(upload.filename());
            upload.handler(file::appendBuffer);
        });
        request.endHandler(end -> {
            Map<String, String> fields = new TreeMap<>();
            request.formAttributes().forEach(fields::put);
            whole.handle(new Received(fields, name.toString(), file));
        });
    }
}

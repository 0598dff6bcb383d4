// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.mtor.common.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Fields and files as {@code multipart/form-data}. Names and file names are ours or checked: none holds a quote or a line end. */
public final class Form {

    private static final String END = "\r\n";

    /** Drawn anew for each form, so that nobody can write a file that ends early and goes on with fields of its own. */
    private final String boundary = "mtor-" + UUID.randomUUID();

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** Adds a text. */
    public Form field(String name, String value) {
        return part("name=\"" + name + "\"" + END, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    public Form file(String name, String fileName, String mediaType, byte[] bytes) {
        String head = "name=\"" + name + "\"; filename=\"" + fileName + "\"" + END;
        return part(head + "Content-Type: " + mediaType + END, bytes);
    }

    private Form part(String head, byte[] content) {
        write("--" + boundary + END + "Content-Disposition: form-data; " + head + END);
        body.writeBytes(content);
        write(END);
        return this;
    }

    private void write(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The form as it is sent; nothing can be added after. */
    public Post post(String path) {
        write("--" + boundary + "--" + END);
        return new Post(path, "multipart/form-data; boundary=" + boundary, Bytes.of(body.toByteArray()));
    }
}

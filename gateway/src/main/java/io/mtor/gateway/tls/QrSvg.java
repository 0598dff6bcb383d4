// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.tls;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as a picture of any size: black on white whatever the theme, since that is what cameras expect. */
final class QrSvg {

    /** Modules of white around it, as the standard asks for. */
    private static final int MARGIN = 4;

    private QrSvg() {}

    static String of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int side = code.size + 2 * MARGIN;
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + MARGIN)
                            .append(' ')
                            .append(y + MARGIN)
                            .append("h1v1h-1z");
                }
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">\
            <rect width="100%%" height="100%%" fill="#fff"/><path d="%s" fill="#000"/></svg>
            """.formatted(side, side, path);
    }
}

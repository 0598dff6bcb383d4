// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import java.util.ArrayList;
import java.util.List;

/** Texts that would run a script, load something or break out, if the page took any of them for more than text. */
final class HostileTexts {

    private static final String RUN = "window.pwned.push('%d')";

    private static final List<String> SHAPES = List.of(
            "<script>%s</script>",
            "<SCRIPT SRC=//127.0.0.1:1/x.js></SCRIPT>",
            "<img src=x onerror=\"%s\">",
            "<img src=x onerror=%s//",
            "<IMG SRC=`javascript:%s`>",
            "<svg onload=\"%s\">",
            "<svg><script>%s</script></svg>",
            "<svg><animate onbegin=\"%s\" attributeName=x dur=1s>",
            "<svg><a xlink:href=\"javascript:%s\"><text x=20 y=20>click</text></a></svg>",
            "<svg><use href=\"data:image/svg+xml,<svg onload=alert(1)>\"></svg>",
            "<body onload=\"%s\">",
            "<iframe src=\"javascript:%s\"></iframe>",
            "<iframe srcdoc=\"<script>parent.%s</script>\"></iframe>",
            "<object data=\"javascript:%s\"></object>",
            "<embed src=\"javascript:%s\">",
            "<details open ontoggle=\"%s\">x</details>",
            "<video><source onerror=\"%s\"></video>",
            "<video poster=x onerror=\"%s\" src=x></video>",
            "<audio src=x onerror=\"%s\">",
            "<input autofocus onfocus=\"%s\">",
            "<select autofocus onfocus=\"%s\">",
            "<textarea autofocus onfocus=\"%s\">",
            "<marquee onstart=\"%s\">",
            "<meta http-equiv=refresh content=\"0;url=javascript:%s\">",
            "<base href=\"javascript:%s//\">",
            "<link rel=stylesheet href=\"javascript:%s\">",
            "<style>@import 'http://127.0.0.1:1/x.css';</style>",
            "<style onload=\"%s\"></style>",
            "<form action=\"javascript:%s\"><button>go</button></form>",
            "<button formaction=\"javascript:%s\">go</button>",
            "<math href=\"javascript:%s\">click</math>",
            "<template><img src=x onerror=\"%s\"></template>",
            "<noscript><p title=\"</noscript><img src=x onerror=%s>\">",
            "</textarea><script>%s</script>",
            "</title><script>%s</script>",
            "</style><script>%s</script>",
            "--><script>%s</script>",
            "]]><script>%s</script>",
            "\"><script>%s</script>",
            "'><img src=x onerror=%s>",
            "\" onmouseover=\"%s\" x=\"",
            "' onfocus='%s' autofocus x='",
            "${%s}",
            "{{constructor.constructor(\"%s\")()}}",
            "`;%s;`",
            "</script><script>%s</script>",
            "<x onclick=\"%s\">click</x>",
            "<a href=\"javascript:%s\">click</a>",
            "[click](javascript:%s)",
            "[click](JaVaScRiPt:%s)",
            "[click](java\tscript:%s)",
            "[click](&#106;avascript:%s)",
            "[click](\u0001javascript:%s)",
            "[click](vbscript:%s)",
            "[click](data:text/html,<script>%s</script>)",
            "[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
            "[click](file:///etc/passwd)",
            "[click](//127.0.0.1:1/x \"\" onclick=%s)",
            "![x](javascript:%s)",
            "![x](http://127.0.0.1:1/leak.png)",
            "![x](x\" onerror=\"%s)",
            "<javascript:%s>",
            "[a]: javascript:%s\n\n[a]",
            "```html\n<script>%s</script>\n```",
            "```\"><img src=x onerror=%s>\nx\n```",
            "`<img src=x onerror=%s>`",
            "| a |\n|---|\n| <img src=x onerror=%s> |",
            "# <img src=x onerror=%s>",
            "> <svg onload=%s>",
            "- <svg/onload=%s>",
            "**<img src=x onerror=%s>**",
            "<<script>%s//<</script>",
            "<scr<script>ipt>%s</scr</script>ipt>",
            "\\u003cscript\\u003e%s\\u003c/script\\u003e",
            "&lt;script&gt;%s&lt;/script&gt;",
            "<img\nsrc=x\nonerror=%s>",
            "<img/src=x/onerror=%s>",
            "<\u0000script>%s</script>",
            "\u202e<script>%s</script>");

    private HostileTexts() {}

    static List<String> all() {
        List<String> all = new ArrayList<>();
        for (String shape : SHAPES) {
            all.add(shape.replace("%s", RUN.formatted(all.size())));
        }
        return all;
    }
}

// SPDX-License-Identifier: GPL-3.0-only
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Bundles the shell: unpacks the jars of its tools and libraries, runs esbuild, which gives each bundle a name that
 * carries its hash, and writes those names into the page. Run from its source by the build
 * ({@code java BundleWeb.java esbuild source work output}), so that a JDK is all it takes, on every system.
 */
final class BundleWeb {
    /** Files that go out as they are; the page comes last because it names the others. */
    private static final List<String> COPIED = List.of("favicon.svg", "icon-maskable.svg", "apple-touch-icon.png", "manifest.webmanifest");

    /** What the page names; esbuild writes each under a name that carries its hash. */
    private static final List<String> NAMED = List.of("shell.js", "shell.css", "views.css", "chunk.js", "listen.js");

    /** Not named in the page and without a hash: a browser knows its service worker by its address. */
    private static final String SERVICE_WORKER = "service-worker.js";

    /** Where the page says which version it is. */
    private static final String VERSION = "name=\"mtor-version\" content=\"\"";

    /** Jars made of npm packages keep them under their name and version. */
    private static final Pattern NAME =
            Pattern.compile("META-INF/resources/(webjars|_static)/(?<module>[^/]+)/[^/]+/(?<file>.+)");

    private BundleWeb() {}

    public static void main(String[] args) throws Exception {
        var esbuild = Path.of(args[0]);
        var source = Path.of(args[1]);
        var modules = Path.of(args[2], "node_modules");
        var output = Path.of(args[3]);
        unpackAll(Path.of(args[2], "jars"), modules);
        if (!Files.isRegularFile(esbuild)) {
            fail("There is no esbuild at " + esbuild + ". Name your own: -Dmtor.esbuild=/path/to/esbuild");
        }
        // A jar carries no permission bits.
        esbuild.toFile().setExecutable(true);
        modules.resolve("linux-x64-glibc/deno").toFile().setExecutable(true);
        var bundles = Files.createTempDirectory("mtor-web");
        try {
            bundle(esbuild, source, modules, bundles);
            clear(output);
            Files.createDirectories(output);
            write(source, bundles, output);
        } finally {
            clear(bundles);
        }
    }

    private static void unpackAll(Path jars, Path modules) throws IOException {
        try (Stream<Path> all = Files.list(jars)) {
            for (Path jar : all.sorted().toList()) {
                var done = modules.resolve("." + jar.getFileName());
                if (!Files.exists(done)) {
                    unpack(jar, modules);
                    Files.createFile(done);
                }
            }
        }
    }

    private static void unpack(Path jar, Path modules) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                var name = NAME.matcher(entry.getName());
                if (entry.isDirectory() || !name.matches()) {
                    continue;
                }
                // The webjar of @lit/reactive-element calls itself lit__reactive-element.
                String module = name.group("module").replaceFirst("^(\\w+)__", "@$1/");
                Path root = modules.resolve(module).normalize();
                Path file = root.resolve(name.group("file")).normalize();
                if (!file.startsWith(root)) {
                    fail(jar + " reaches outside: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                try (var content = zip.getInputStream(entry)) {
                    Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** The views come in a bundle of their own, and what it shares with the shell in one beside both. */
    private static void bundle(Path esbuild, Path source, Path modules, Path bundles)
            throws IOException, InterruptedException {
        run(esbuild, modules, bundles, source.resolve("shell.ts"), source.resolve("shell.css"), "--splitting");
        run(esbuild, modules, bundles, source.resolve("views.css"));
        run(esbuild, modules, bundles, source.resolve("listen.ts"));
        run(esbuild, modules, bundles, source.resolve("service-worker.ts"));
    }

    private static void run(Path esbuild, Path modules, Path bundles, Object... entries)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(esbuild.toString());
        for (Object entry : entries) {
            command.add(entry.toString());
        }
        command.addAll(List.of(
                "--bundle",
                "--minify",
                "--format=esm",
                "--target=es2022,chrome111,firefox113,safari16.4",
                "--charset=utf8",
                "--legal-comments=none",
                "--log-level=warning",
                "--entry-names=[name]-[hash]",
                "--chunk-names=[name]-[hash]",
                "--outdir=" + bundles));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("NODE_PATH", modules.toAbsolutePath().toString());
        int exit = builder.start().waitFor();
        if (exit != 0) {
            fail("esbuild ended with " + exit);
        }
    }

    private static void write(Path source, Path bundles, Path output)
            throws IOException, NoSuchAlgorithmException {
        var page = Files.readString(source.resolve("index.html"));
        var worker = "";
        var kept = new TreeSet<String>();
        try (Stream<Path> all = Files.list(bundles)) {
            for (Path bundle : all.sorted().toList()) {
                String name = bundle.getFileName().toString();
                String plain = name.replaceFirst("-[0-9A-Z]{8}\\.", ".");
                if (plain.equals(SERVICE_WORKER)) {
                    worker = Files.readString(bundle);
                    continue;
                }
                Files.copy(bundle, output.resolve(name));
                kept.add(name);
                page = page.replace("\"/" + plain + "\"", "\"/" + name + "\"");
            }
        }
        for (String name : NAMED) {
            if (page.contains("\"/" + name + "\"")) {
                fail("index.html names " + name + ", which was not made");
            }
        }
        for (String name : COPIED) {
            Files.copy(source.resolve(name), output.resolve(name));
            kept.add(name);
        }
        if (!page.contains(VERSION)) {
            fail("index.html has no place for its version");
        }
        var version = version(output, kept, page + worker);
        Files.writeString(
                output.resolve("index.html"), page.replace(VERSION, VERSION.replace("\"\"", "\"" + version + "\"")));
        Files.writeString(output.resolve(SERVICE_WORKER), shell(version, kept) + worker);
    }

    /** What the service worker knows of this build: it keeps these files, and never any other. */
    private static String shell(String version, SortedSet<String> kept) {
        var files = kept.stream().map(name -> ",\"/" + name + "\"").collect(Collectors.joining());
        return "const SHELL={version:\"" + version + "\",files:[\"/\"" + files + "]};\n";
    }

    /** Another one for any other content. */
    private static String version(Path folder, SortedSet<String> files, String more)
            throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        for (String file : files) {
            digest.update(file.getBytes(UTF_8));
            digest.update(Files.readAllBytes(folder.resolve(file)));
        }
        digest.update(more.getBytes(UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void fail(String reason) {
        System.err.println(reason);
        System.exit(1);
    }
}

// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a service's configuration into its record.
 *
 * <p>A flag ({@code --gateway.port 8081}) is stronger than an environment variable ({@code MTOR_GATEWAY_PORT}), that is
 * stronger than the file ({@code --config FILE} or {@code MTOR_CONFIG}), and that is stronger than the default in the
 * record's {@link Key}. Unknown keys, keys given twice and bad values are all found before anything starts, and all
 * reported at once.
 */
public final class ConfigLoader {

    private ConfigLoader() {}

    /**
     * Reads a configuration.
     *
     * @param type the service's record, each of whose components has a {@link Key}
     * @param aliases short names for some of the keys
     * @param args the command line
     * @param environment the environment variables
     * @throws ConfigException if anything is wrong; it lists everything that is
     */
    public static <C extends Record> Loaded<C> load(
            Class<C> type, Aliases aliases, List<String> args, Map<String, String> environment) {
        Schema schema = Schema.of(type);
        return load(
                type,
                schema,
                Flags.read(schema, aliases, args),
                Variables.read(schema, aliases, environment),
                environment.get(Variables.FILE));
    }

    /** The configuration of someone who said nothing; every key of it has a default. */
    public static <C extends Record> C defaults(Class<C> type) {
        return load(type, Aliases.none(), List.of(), Map.of()).config();
    }

    private static <C extends Record> Loaded<C> load(
            Class<C> type, Schema schema, Flags flags, Source variables, @Nullable String fileOfEnvironment) {
        String name = flags.file() != null ? flags.file() : fileOfEnvironment;
        Source file = name == null ? new Source() : ConfigFile.read(schema, Path.of(name));
        List<Source> sources = List.of(flags.source(), variables, file);
        var assembly = new Assembly(sources, file.errors().isEmpty());
        Object config = assembly.section(schema.root(), "");
        var errors = new ArrayList<ConfigError>();
        sources.forEach(source -> errors.addAll(source.errors()));
        errors.addAll(assembly.errors());
        if (config == null || !errors.isEmpty()) {
            throw new ConfigException(errors);
        }
        return new Loaded<>(type.cast(config), assembly.entries());
    }
}

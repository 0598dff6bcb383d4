// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.config.KeptFile;
import io.mtor.common.config.Key;
import io.mtor.common.config.Secret;
import io.mtor.common.config.Size;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import io.mtor.worker.model.comfy.Workflows;
import io.mtor.worker.model.command.CommandLineTemplate;
import io.mtor.worker.model.command.MediaKind;
import io.mtor.worker.model.sim.Behaviour;
import io.mtor.worker.slots.WorkerLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a worker-agent.
 *
 * @param modelServer model servers that are named by hand
 * @param command programs on this host that do intents
 * @param simulated model servers that exist only by the clock, for tests and benchmarks
 */
public record WorkerAgentConfig(
        Agent worker,
        Discovery discovery,
        Answer answer,
        Replay replay,
        List<Server> modelServer,
        List<Command> command,
        List<Simulated> simulated,
        Imagine imagine) {

    /** The host and what it offers by itself. */
    public record Agent(
            @Key(doc = "Name of this host for people; without it, the host name") @Nullable
            String name,

            @Key(doc = "Whether to offer the built-in demo, which yields to any real worker", byDefault = "true")
            boolean demo,

            @Key(doc = "Whether to offer espeak-ng and tesseract where they are installed", byDefault = "true")
            boolean programs,

            @Key(doc = "How long running intents may take to end when the agent leaves", byDefault = "5m")
            Duration drain,

            @Key(
                    doc = "Whose this host is: own, trusted or volunteer, which gets only intents that anybody may see",
                    byDefault = "own")
            Trust trust,

            @Key(
                    doc =
                            "Workers of which only one works at a time, such as ollama and comfyui that share a GPU, by the"
                                    + " names that they have in their ids")
            List<String> takeTurns,

            @Key(
                    doc =
                            "File in which bench keeps how fast the models are, which is then told to the realm; without it,"
                                    + " .mtor/speeds.json in the home directory")
            @Nullable
            Path speeds) {

        /** Where bench keeps what it has measured. */
        public Path speedsFile() {
            return speeds == null ? KeptFile.usual("speeds.json") : speeds;
        }
    }

    /** How model servers on this host are found. */
    public record Discovery(
            @Key(doc = "Whether to look for model servers on this host", byDefault = "true")
            boolean on,

            @Key(
                    doc = "Ports of this host to look at",
                    byDefault = {
                        "11434", "8080", "8000", "1234", "8188", "7860", "30000", "3000", "8880", "5001", "9090",
                        "8020", "5000", "10200", "10300"
                    },
                    atLeast = "1",
                    atMost = "65535")
            List<Integer> ports,

            @Key(doc = "Ports to leave alone, such as those of MTOR itself", atLeast = "1", atMost = "65535")
            List<Integer> skip,

            @Key(doc = "Time between two looks, give or take a tenth", byDefault = "8s", atLeast = "100ms")
            Duration every,

            @Key(
                    doc = "The same while nothing but the demo is offered, or a model server works for others",
                    byDefault = "3s",
                    atLeast = "100ms")
            Duration hungry,

            @Key(
                    doc = "Time between two questions to a model server how busy it is, if it tells",
                    byDefault = "2s",
                    atLeast = "100ms")
            Duration busy,

            @Key(doc = "How long a model server may take to answer a look", byDefault = "800ms", atLeast = "50ms")
            Duration patience,

            @Key(doc = "Looks that must fail before a model server counts as gone", byDefault = "3", atLeast = "1")
            int misses,

            @Key(doc = "Whether models that a model server runs elsewhere are offered too", byDefault = "false")
            boolean remoteModels) {}

    /** What an answer may be, and how it is handed over. */
    public record Answer(
            @Key(doc = "Longest text, in characters", byDefault = "4194304", atLeast = "1")
            int maxChars,

            @Key(doc = "Largest media, previews included", byDefault = "16MiB")
            Size maxMedia,

            @Key(doc = "Most pieces", byDefault = "100000", atLeast = "1")
            int maxPieces,

            @Key(doc = "Pieces on the way to a client at once", byDefault = "256", atLeast = "1")
            int windowPieces,

            @Key(doc = "Bytes on the way to a client at once", byDefault = "256KiB", atLeast = "1KiB", atMost = "1MiB")
            Size window,

            @Key(doc = "An answer that is not taken for so long is cancelled", byDefault = "60s")
            Duration stall,

            @Key(doc = "Silence of a model server before its first sign of life", byDefault = "2m")
            Duration firstSilence,

            @Key(doc = "Silence of a model server in the middle of an answer", byDefault = "30s")
            Duration silence) {}

    /** What is kept of answers, for clients that lost their connection. */
    public record Replay(
            @Key(doc = "How long an answer is kept after its end", byDefault = "10m")
            Duration time,

            @Key(doc = "What all answers kept by one worker may weigh", byDefault = "64MiB")
            Size size,

            @Key(doc = "How many ended answers one worker keeps", byDefault = "1000")
            int count,

            @Key(doc = "A gateway silent for so long is gone", byDefault = "5s")
            Duration gatewaySilence,

            @Key(doc = "How long intents of a gone gateway go on", byDefault = "30s")
            Duration gatewayGrace) {}

    /**
     * How pictures are made.
     *
     * @param workflows each file in it is read here already, so that a bad one stops the start
     */
    public record Imagine(
            @Key(doc = "Folder of workflows for ComfyUI, as its Export (API) writes them; each becomes a model")
            @Nullable
            Path workflows) {

        public Imagine {
            Workflows.of(workflows);
        }
    }

    /** A model server named by hand. */
    public record Server(
            @Key(doc = "Where it is") URI url,
            @Key(doc = "Key it asks for") @Nullable Secret key,

            @Key(doc = "Intents at once; without it, what the server says", atLeast = "1") @Nullable
            Integer slots,

            @Key(doc = "Query types that it does at POST /predict; without it, what it is found to be decides")
            List<QueryType> predict) {}

    /** A program that does intents. */
    public record Command(
            @Key(doc = "Short name, part of the worker's id")
            String name,

            @Key(doc = "What it does") QueryType queryType,

            @Key(doc = "Program and arguments; {text} and {language} are replaced, each in one argument")
            List<String> argv,

            @Key(doc = "What its standard input gets: the text or the medium of the intent", byDefault = "text")
            MediaKind input,

            @Key(doc = "What its standard output is: text, or a media type such as audio/wav", byDefault = "text")
            String output,

            @Key(doc = "Intents at once", byDefault = "1", atLeast = "1", atMost = "1000")
            int slots,

            @Key(doc = "Longest time for one intent", byDefault = "2m")
            Duration timeout) {

        public Command {
            argv = new CommandLineTemplate(argv).argv();
            if (!output.equals("text") && output.indexOf('/') < 1) {
                throw new IllegalArgumentException("output must be text or a media type such as audio/wav");
            }
        }
    }

    /** A model server that exists only by the clock. */
    public record Simulated(
            @Key(doc = "What it does", byDefault = "chat") QueryType queryType,
            @Key(doc = "Models it pretends to have") List<String> models,

            @Key(doc = "How many such workers", byDefault = "1", atLeast = "1", atMost = "10000")
            int count,

            @Key(doc = "Intents at once, each", byDefault = "1", atLeast = "1", atMost = "100000")
            int slots,

            @Key(doc = "Time for one intent; 0ms answers at once", byDefault = "200ms")
            Duration work,

            @Key(doc = "Pieces of an answer", byDefault = "8", atLeast = "1")
            int chunks,

            @Key(doc = "Characters of a piece", byDefault = "16", atLeast = "1")
            int chunkChars,

            @Key(
                    doc =
                            "Whether each piece says instead which worker and which run it comes from, and each run is logged",
                    byDefault = "false")
            boolean marked,

            @Key(doc = "What it does with an intent", byDefault = "answer")
            Behaviour behaviour) {}

    public WorkerAgentConfig {
        modelServer = List.copyOf(modelServer);
        command = List.copyOf(command);
        simulated = List.copyOf(simulated);
    }

    /** All defaults: look for model servers, offer the demo. */
    public static WorkerAgentConfig byDefault() {
        return ConfigLoader.load(WorkerAgentConfig.class, Aliases.none(), List.of(), Map.of())
                .config();
    }

    /** Nothing but these simulated model servers. */
    public WorkerAgentConfig onlySimulated(Simulated... servers) {
        var agent = new Agent(worker.name, false, false, worker.drain, worker.trust, List.of(), worker.speeds);
        var blind = new Discovery(
                false,
                List.of(),
                List.of(),
                discovery.every,
                discovery.hungry,
                discovery.busy,
                discovery.patience,
                discovery.misses,
                false);
        return new WorkerAgentConfig(agent, blind, answer, replay, List.of(), List.of(), List.of(servers), imagine);
    }

    WorkerLimits limits() {
        return new WorkerLimits(
                answer.windowPieces,
                answer.window.toInt(),
                answer.stall.toMillis(),
                answer.maxChars,
                answer.maxMedia.toInt(),
                answer.maxPieces,
                replay.time.toMillis(),
                replay.size.bytes(),
                replay.count,
                answer.firstSilence.toMillis(),
                answer.silence.toMillis(),
                replay.gatewaySilence.toMillis(),
                replay.gatewayGrace.toMillis(),
                worker.drain.toMillis(),
                WorkerLimits.DEFAULT.oversleptMillis(),
                WorkerLimits.DEFAULT.staleMillis(),
                WorkerLimits.DEFAULT.settleMillis());
    }
}

// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.image.ImageWish;
import io.mtor.worker.testing.Intents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowTest {

    private static final String OWN = """
            {"3": {"class_type": "FluxSampler", "inputs": {"seed": "{seed}", "noise": {"steps": "{steps:4}"}, "on": [["4", 0]]}},
             "4": {"class_type": "Words", "inputs": {"text": "a poster of {prompt}, no {negative_prompt:frame}"}},
             "5": {"class_type": "SaveImage", "inputs": {"images": ["3", 0]}}}
            """;

    @TempDir
    private Path folder;

    private static ImageWish wish(String text, String parameters) throws BadInputException {
        var intent = Intents.intent(1, QueryType.IMAGINE, text, null, List.of());
        return ImageWish.of(Intents.with(intent, parameters));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void shouldFillTheGraphOfACheckpointByItsFamily() throws BadInputException {
        // Given
        var workflows = Workflows.of(null);

        // When
        ObjectNode small = workflows.graph("v1-5-pruned.ckpt", wish("a fox", "{}"), 7);
        ObjectNode large = workflows.graph("sd_XL_base.safetensors", wish("a fox", "{}"), 7);

        // Then
        assertThat(small.at("/canvas/inputs/width").intValue()).isEqualTo(512);
        assertThat(large.at("/canvas/inputs/width").intValue()).isEqualTo(1_024);
        assertThat(small.at("/checkpoint/inputs/ckpt_name").textValue()).isEqualTo("v1-5-pruned.ckpt");
        assertThat(small.at("/wanted/inputs/text").textValue()).isEqualTo("a fox");
        assertThat(small.at("/unwanted/inputs/text").textValue()).isEmpty();
        assertThat(small.at("/sampler/inputs/seed").longValue()).isEqualTo(7);
        assertThat(small.at("/sampler/inputs/steps").isInt()
                        || small.at("/sampler/inputs/steps").isLong())
                .isTrue();
    }

    @Test
    void shouldHonourWhatTheIntentAsksFor() throws BadInputException {
        // When
        ObjectNode graph = Workflows.of(null)
                .graph(
                        "xl",
                        wish(
                                "a fox",
                                "{\"seed\":42,\"steps\":9,\"width\":640,\"height\":512,\"negative_prompt\":\"blur\"}"),
                        7);

        // Then
        assertThat(graph.at("/sampler/inputs/seed").longValue()).isEqualTo(42);
        assertThat(graph.at("/sampler/inputs/steps").longValue()).isEqualTo(9);
        assertThat(graph.at("/canvas/inputs/width").longValue()).isEqualTo(640);
        assertThat(graph.at("/canvas/inputs/height").longValue()).isEqualTo(512);
        assertThat(graph.at("/unwanted/inputs/text").textValue()).isEqualTo("blur");
    }

    @Test
    void shouldPutNothingButTextWhereTextWas() throws BadInputException {
        // Given: words that would end a text in JSON, name a placeholder, and mean something in a replacement.
        String words = "\"}, {seed} $1 \\ {checkpoint}";

        // When
        ObjectNode graph = Workflows.of(null).graph("m", wish(words, "{}"), 7);

        // Then
        assertThat(graph.at("/wanted/inputs/text").textValue()).isEqualTo(words);
        assertThat(graph).hasSize(7);
    }

    @Test
    void shouldMakeAModelOfEachFile() throws IOException, BadInputException {
        // Given
        file("poster.json", OWN);
        file("notes.txt", "no workflow");

        // When
        var workflows = Workflows.of(folder);
        JsonNode graph = workflows.graph("comfy:poster", wish("a $1 fox", "{\"seed\":3}"), 7);

        // Then
        assertThat(workflows.models()).containsExactly("comfy:poster");
        assertThat(graph.at("/4/inputs/text").textValue()).isEqualTo("a poster of a $1 fox, no frame");
        assertThat(graph.at("/3/inputs/seed").longValue()).isEqualTo(3);
        assertThat(graph.at("/3/inputs/noise/steps").longValue()).isEqualTo(4);
        assertThat(graph.at("/3/inputs/on/0/0").textValue()).isEqualTo("4");
    }

    @Test
    void shouldFillTheSameWorkflowAnewForEachIntent() throws IOException, BadInputException {
        // Given
        file("poster.json", OWN);
        var workflows = Workflows.of(folder);
        workflows.graph("comfy:poster", wish("a fox", "{}"), 7);

        // When
        JsonNode second = workflows.graph("comfy:poster", wish("an owl", "{}"), 8);

        // Then
        assertThat(second.toString()).contains("an owl", "8").doesNotContain("fox");
    }

    @Test
    void shouldSayWhichParameterAWorkflowDoesNotTake() throws IOException {
        // Given
        file("poster.json", OWN);
        var workflows = Workflows.of(folder);

        // Then
        assertThatThrownBy(() -> workflows.graph("comfy:poster", wish("a fox", "{\"width\":512}"), 7))
                .isInstanceOf(BadInputException.class)
                .hasMessage("the model comfy:poster takes no parameter width");
    }

    @Test
    void shouldNameTheFileAndWhatIsWrongWithIt() throws IOException {
        record Case(String text, String reason) {}
        for (Case each : List.of(
                new Case("{", "it is no JSON"),
                new Case("", "it is no graph of nodes with class_type and inputs"),
                new Case("[1]", "it is no graph of nodes with class_type and inputs"),
                new Case("{\"nodes\":[],\"links\":[]}", "it is saved for ComfyUI's page; save it by 'Export (API)'"),
                new Case(OWN.replace("{seed}", "12"), "{seed} is nowhere in it"),
                new Case(OWN.replace("{prompt}", "foxes"), "{prompt} is nowhere in it"),
                new Case(OWN.replace("{prompt}", "{checkpoint} {prompt}"), "{checkpoint} must be the name of one"),
                new Case(OWN.replace("{steps:4}", "{steps}"), "{steps} needs what is usual, such as {steps:20}"),
                new Case(
                        OWN.replace("{steps:4}", "{steps:few}"),
                        "{steps:few} must have a whole number behind the colon"))) {
            file("bad.json", each.text);
            assertThatThrownBy(() -> Workflows.of(folder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(folder.resolve("bad.json") + ": " + each.reason);
        }
    }

    @Test
    void shouldListThePlaceholdersToWhoMisspellsOne() throws IOException {
        file("bad.json", OWN.replace("{prompt}", "{promt}"));
        assertThatThrownBy(() -> Workflows.of(folder))
                .hasMessageContaining("{promt} is no placeholder; there are {prompt}, {negative_prompt}");
    }

    @Test
    void shouldNameAFolderThatIsNotThereAndANameThatIsNone() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> Workflows.of(nowhere)).hasMessage(nowhere + " is no folder that can be read");

        file("my poster*.json", OWN);
        assertThatThrownBy(() -> Workflows.of(folder)).hasMessageContaining("my poster*.json: its name must match");
    }
}

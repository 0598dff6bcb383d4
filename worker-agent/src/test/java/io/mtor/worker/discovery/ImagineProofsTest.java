// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImagineProofsTest {

    private static final String NO_QUEUE = "{\"queue_running\": [], \"queue_pending\": []}";

    private final Map<String, Reply> replies = new HashMap<>();

    private List<String> workflows = List.of();

    private ImagineProofsTest() {
        reply("/", 200, "<html>");
    }

    private ImagineProofsTest reply(String path, int status, String body) {
        replies.put(path, Reply.of(status, "", "application/json", body));
        return this;
    }

    private ImagineProofsTest reply(String path, String body) {
        return reply(path, 200, body);
    }

    private Sight sight() {
        return Fingerprint.of(replies, false, workflows);
    }

    private Sight.Server server() {
        assertThat(sight()).isInstanceOf(Sight.Server.class);
        return (Sight.Server) sight();
    }

    private void useless(String name, String reason) {
        assertThat(sight()).isInstanceOfSatisfying(Sight.Useless.class, each -> {
            assertThat(each.name()).isEqualTo(name);
            assertThat(each.reason()).isEqualTo(reason);
        });
    }

    /** ComfyUI 0.3.40. */
    private ImagineProofsTest comfyUi(String... checkpoints) {
        String files = checkpoints.length == 0 ? "" : "\"" + String.join("\", \"", checkpoints) + "\"";
        return reply(
                        "/system_stats",
                        "{\"system\": {\"os\": \"posix\", \"comfyui_version\": \"0.3.40\", \"python_version\": \"3.12.3\"},"
                                + " \"devices\": [{\"name\": \"cuda:0\", \"vram_total\": 1, \"torch_vram_total\": 33554432}]}")
                .reply(
                        "/object_info/CheckpointLoaderSimple",
                        "{\"CheckpointLoaderSimple\": {\"input\": {\"required\": {\"ckpt_name\": [[" + files
                                + "], {\"tooltip\": \"The name\"}]}}}}")
                .reply("/queue", NO_QUEUE);
    }

    private static String queue(String client) {
        return "{\"queue_running\": [[3, \"6f0e\", {}, {\"client_id\": \"" + client
                + "\"}, [\"9\"]]], \"queue_pending\": []}";
    }

    @Test
    void shouldOfferTheCheckpointsOfComfyUiByTheirShortNames() {
        // When
        Sight.Server server = comfyUi(
                        "sd_xl_base_1.0.safetensors", "XL\\\\juggernaut.v9.ckpt", "old/juggernaut.v9.ckpt", "*")
                .server();

        // Then
        assertThat(server.kind()).isEqualTo(Kind.COMFYUI);
        assertThat(server.version()).isEqualTo("0.3.40");
        assertThat(server.serving().offers())
                .containsExactly(new Offer(QueryType.IMAGINE, List.of("sd_xl_base_1.0", "juggernaut.v9")));
        assertThat(server.serving().slots()).isEqualTo(1);
        assertThat(server.names().model("juggernaut.v9")).isEqualTo("XL\\juggernaut.v9.ckpt");
    }

    @Test
    void shouldReadTheCheckpointsOfNewerNodes() {
        comfyUi()
                .reply(
                        "/object_info/CheckpointLoaderSimple",
                        "{\"CheckpointLoaderSimple\": {\"input\": {\"required\": {\"ckpt_name\": [\"COMBO\","
                                + " {\"options\": [\"a.safetensors\"], \"new\": 1}]}}}}");
        assertThat(server().serving().offers()).containsExactly(new Offer(QueryType.IMAGINE, List.of("a")));
    }

    @Test
    void shouldSayThatComfyUiHasNoCheckpoint() {
        comfyUi();
        useless("comfyui", "has no checkpoint");
    }

    @Test
    void shouldOfferTheWorkflowsOfTheHostFirstAndAlsoWithoutACheckpoint() {
        // Given
        workflows = List.of("comfy:flux");

        // Then
        assertThat(comfyUi().server().serving().offers())
                .containsExactly(new Offer(QueryType.IMAGINE, List.of("comfy:flux")));
        assertThat(comfyUi("a.ckpt").server().serving().offers().getFirst().models())
                .containsExactly("comfy:flux", "a");
    }

    @Test
    void shouldSeeNoFreeSlotWhileComfyUiWorksForOthers() {
        assertThat(comfyUi("a.ckpt")
                        .reply("/queue", queue("9d0a"))
                        .server()
                        .serving()
                        .slots())
                .isZero();
        assertThat(comfyUi("a.ckpt")
                        .reply("/queue", queue("mtor-1-2"))
                        .server()
                        .serving()
                        .slots())
                .isEqualTo(1);
    }

    @Test
    void shouldNotTakeAnybodyWithStatsForComfyUi() {
        for (String stats : List.of(
                "{}",
                "[]",
                "{\"system\":{\"python_version\":\"3.12\"}}",
                "{\"system\":{\"python_version\":\"3.12\"},\"devices\":[]}",
                "{\"devices\":[{\"torch_vram_total\":1}]}",
                "{\"system\":{\"python_version\":\"3.12\"},\"devices\":[{\"vram_total\":1}]}")) {
            comfyUi("a.ckpt").reply("/system_stats", stats);
            assertThat(sight()).isEqualTo(new Sight.Stranger());
        }
    }

    /** AUTOMATIC1111 1.10. */
    private ImagineProofsTest a1111(String loaded) {
        return reply("/sdapi/v1/options", "{\"samples_save\": true, \"sd_model_checkpoint\": " + loaded + "}")
                .reply("/sdapi/v1/sd-models", """
                        [{"title": "dream.safetensors [879db523c3]", "model_name": "dream", "hash": "879db523c3",
                          "sha256": null, "filename": "/srv/models/dream.safetensors", "config": null},
                         {"title": "v1-5-pruned-emaonly.safetensors [6ce0161689]", "model_name": "v1-5-pruned-emaonly",
                          "hash": "6ce0161689", "sha256": "6ce0", "filename": "/srv/models/v1-5.safetensors", "config": null}]
                        """);
    }

    @Test
    void shouldOfferTheLoadedCheckpointFirstAndNoPaths() {
        // When
        Sight.Server server =
                a1111("\"v1-5-pruned-emaonly.safetensors [6ce0161689]\"").server();

        // Then
        assertThat(server.kind()).isEqualTo(Kind.A1111);
        assertThat(server.serving().offers())
                .containsExactly(new Offer(QueryType.IMAGINE, List.of("v1-5-pruned-emaonly", "dream")));
        assertThat(server.names().model("dream")).isEqualTo("dream.safetensors [879db523c3]");
        assertThat(server.serving().toString()).doesNotContain("/srv");
    }

    @Test
    void shouldKnowTheLoadedCheckpointBeforeItsHashIsKnown() {
        a1111("\"v1-5-pruned-emaonly.safetensors\"");
        assertThat(server().serving().offers().getFirst().models().getFirst()).isEqualTo("v1-5-pruned-emaonly");
    }

    @Test
    void shouldTellSdNextByTheTypesOfItsModels() {
        a1111("null")
                .reply(
                        "/sdapi/v1/sd-models",
                        "[{\"title\":\"sdxl [1234abcd]\",\"model_name\":\"sdxl\",\"type\":\"Stable Diffusion XL\",\"filename\":\"/x\"}]");
        assertThat(server().kind()).isEqualTo(Kind.SD_NEXT);
        assertThat(server().serving().slots()).isEqualTo(1);
    }

    @Test
    void shouldSayThatAWebUiHasNoCheckpointOrWantsAPassword() {
        // Given
        a1111("null").reply("/sdapi/v1/sd-models", "[]");
        useless("a1111", "has no checkpoint");

        // When
        reply("/sdapi/v1/sd-models", 401, "{\"detail\":\"Not authenticated\"}")
                .reply("/sdapi/v1/options", 401, "{\"detail\":\"Not authenticated\"}");

        // Then
        useless("a1111", "needs a key: name user:password under [[agent.model_server]]");
    }

    @Test
    void shouldNotTakeWhoGuardsEverythingForAWebUi() {
        reply("/sdapi/v1/sd-models", 401, "")
                .reply("/sdapi/v1/options", 401, "")
                .reply("/v1/models", 401, "");
        assertThat(sight()).isInstanceOfSatisfying(Sight.Useless.class, each -> assertThat(each.name())
                .isEqualTo("a model server"));
    }

    @Test
    void shouldNotTakeKoboldCppForTheWebUiItImitates() {
        a1111("\"dream\"").reply("/api/extra/version", "{\"result\":\"KoboldCpp\",\"version\":\"1.90\"}");
        assertThat(sight()).isInstanceOfSatisfying(Sight.Useless.class, each -> assertThat(each.name())
                .isEqualTo("koboldcpp"));
    }

    @Test
    void shouldNotBeFooledByAServerThatSays200ToEverything() {
        for (String path : Paths.BEHIND_ROOT) {
            reply(path, "{\"error\":\"Unexpected endpoint or method. (GET " + path + ")\"}");
        }
        assertThat(sight()).isEqualTo(new Sight.Stranger());
    }
}

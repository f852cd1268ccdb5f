package io.agentstation.cluster.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OwnershipTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String NEW = "{'metadata':{'name':'x'}}";

    @Test
    void anAppliedFieldIsSetAndOwned() {
        ObjectNode result = apply(json(NEW), "a", "{'spec':{'replicas':1}}");

        assertThat(result.path("spec").path("replicas").intValue()).isEqualTo(1);
        assertThat(owned(result, "a")).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
    }

    @Test
    void namesAndServerFieldsAreNotOwned() {
        ObjectNode result = apply(
                json(NEW),
                "a",
                "{'apiVersion':'v1','kind':'K','metadata':{'name':'x','namespace':'n','labels':{'l':'1'}},'status':{'s':1}}");

        assertThat(owned(result, "a")).isEqualTo(json("{'f:metadata':{'f:labels':{'f:l':{}}}}"));
        assertThat(result.has("status")).isFalse();
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        ObjectNode once = apply(json(NEW), "a", "{'spec':{'env':[{'name':'A','value':'1'}],'replicas':1}}");

        ObjectNode twice = Ownership.apply(
                once,
                json("{'spec':{'env':[{'name':'A','value':'1'}],'replicas':1}}"),
                new Ownership.Writer("a", "v1", "", NOW.plusSeconds(60)),
                false);

        assertThat(twice).isEqualTo(once);
    }

    @Test
    void anotherManagersFieldOfEqualValueIsOwnedTogether() {
        ObjectNode first = apply(json(NEW), "a", "{'spec':{'replicas':1}}");

        ObjectNode both = apply(first, "b", "{'spec':{'replicas':1}}");

        assertThat(owned(both, "a")).isEqualTo(owned(both, "b"));
    }

    @Test
    void anotherManagersFieldOfAnotherValueIsAConflict() {
        ObjectNode first = apply(json(NEW), "a", "{'spec':{'replicas':1,'paused':true}}");

        assertThatExceptionOfType(ApplyConflict.class)
                .isThrownBy(() -> apply(first, "b", "{'spec':{'replicas':2}}"))
                .withMessage("Apply failed with 1 conflict: conflict with \"a\" using v1: .spec.replicas");
        assertThatExceptionOfType(ApplyConflict.class)
                .isThrownBy(() -> apply(first, "b", "{'spec':{'replicas':2,'paused':false}}"))
                .withMessage(
                        "Apply failed with 2 conflicts: conflicts with \"a\" using v1:\n- .spec.paused\n- .spec.replicas")
                .satisfies(conflict -> assertThat(conflict.causes())
                        .extracting(ApplyConflict.Cause::field)
                        .containsExactly(".spec.paused", ".spec.replicas"));
    }

    @Test
    void forceTakesTheFieldAway() {
        ObjectNode first = apply(json(NEW), "a", "{'spec':{'replicas':1,'paused':true}}");

        ObjectNode forced = Ownership.apply(first, json("{'spec':{'replicas':2}}"), writer("b"), true);

        assertThat(forced.path("spec").path("replicas").intValue()).isEqualTo(2);
        assertThat(owned(forced, "a")).isEqualTo(json("{'f:spec':{'f:paused':{}}}"));
        assertThat(owned(forced, "b")).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
    }

    @Test
    void aFieldThatNobodyOwnsIsTakenWithoutForce() {
        ObjectNode result = apply(json("{'spec':{'replicas':1}}"), "a", "{'spec':{'replicas':2}}");

        assertThat(result.path("spec").path("replicas").intValue()).isEqualTo(2);
    }

    @Test
    void aDroppedFieldIsRemovedWithWhatItLeavesEmpty() {
        ObjectNode first = apply(json(NEW), "a", "{'spec':{'replicas':1,'strategy':{'type':'Recreate'}}}");

        ObjectNode after = apply(first, "a", "{'spec':{'replicas':1}}");

        assertThat(after.path("spec")).isEqualTo(json("{'replicas':1}"));
    }

    @Test
    void aDroppedFieldThatAnotherOwnsStays() {
        ObjectNode both = apply(apply(json(NEW), "a", "{'spec':{'replicas':1}}"), "b", "{'spec':{'replicas':1}}");

        ObjectNode after = apply(both, "a", "{'spec':{}}");

        assertThat(after.path("spec").path("replicas").intValue()).isEqualTo(1);
        assertThat(owned(after, "b")).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
    }

    @Test
    void aFieldThatTheManagerNeverAppliedIsNotDropped() {
        ObjectNode after = apply(json("{'spec':{'replicas':3}}"), "a", "{'spec':{'paused':true}}");

        assertThat(after.path("spec")).isEqualTo(json("{'replicas':3,'paused':true}"));
    }

    @Test
    void listItemsAreMergedByTheirKey() {
        ObjectNode live = json("{'spec':{'containers':[{'name':'app','image':'1'},{'name':'side','image':'9'}]}}");

        ObjectNode after = apply(live, "a", "{'spec':{'containers':[{'name':'app','image':'2'}]}}");

        assertThat(after.path("spec").path("containers"))
                .isEqualTo(Json.read("[{'name':'app','image':'2'},{'name':'side','image':'9'}]".replace('\'', '"')));
        assertThat(owned(after, "a").path("f:spec").path("f:containers").propertyNames())
                .containsExactly("k:{\"name\":\"app\"}");
    }

    @Test
    void aDroppedListItemIsRemovedWithWhatWasFilledIntoIt() {
        ObjectNode first = apply(json(NEW), "a", "{'spec':{'ports':[{'port':80},{'port':443}]}}");
        first.path("spec").path("ports").forEach(port -> ((ObjectNode) port).put("targetPort", 1));

        ObjectNode after = apply(first, "a", "{'spec':{'ports':[{'port':443}]}}");

        assertThat(after.path("spec").path("ports")).hasSize(1);
        assertThat(after.path("spec").path("ports").get(0).path("port").intValue())
                .isEqualTo(443);
    }

    @Test
    void aPortWithoutProtocolIsTheTcpPort() {
        ObjectNode live =
                json("{'spec':{'containers':[{'name':'c','ports':[{'containerPort':80,'protocol':'TCP'}]}]}}");

        ObjectNode after = apply(live, "a", "{'spec':{'containers':[{'name':'c','ports':[{'containerPort':80}]}]}}");

        assertThat(after.path("spec").path("containers").get(0).path("ports")).hasSize(1);
    }

    @Test
    void twoManagersEachOwnTheirItems() {
        ObjectNode first = apply(json(NEW), "a", container("{'name':'A','value':'1'}"));
        ObjectNode both = apply(first, "b", container("{'name':'B','value':'2'}"));

        ObjectNode again = apply(both, "a", container("{'name':'A','value':'1'}"));
        ObjectNode dropped = apply(again, "b", "{'spec':{}}");

        assertThat(env(both)).hasSize(2);
        assertThat(again).isEqualTo(both);
        assertThat(env(dropped)).isEqualTo(env(first));
    }

    @Test
    void anAtomicListIsReplacedAsOne() {
        ObjectNode first = apply(json(NEW), "a", "{'spec':{'rules':[{'host':'a'}]}}");

        assertThat(apply(first, "a", "{'spec':{'rules':[{'host':'b'}]}}")
                        .path("spec")
                        .path("rules"))
                .hasSize(1);
        assertThatExceptionOfType(ApplyConflict.class)
                .isThrownBy(() -> apply(first, "b", "{'spec':{'rules':[{'host':'b'}]}}"))
                .withMessageContaining(".spec.rules");
    }

    @Test
    void anAtomicStructIsReplacedAsOne() {
        ObjectNode first = apply(json(NEW), "a", "{'spec':{'selector':{'app':'x','old':'y'}}}");

        ObjectNode after = apply(first, "a", "{'spec':{'selector':{'app':'x'}}}");

        assertThat(after.path("spec").path("selector")).isEqualTo(json("{'app':'x'}"));
    }

    @Test
    void anEmptyStructIsAValueOfItsOwn() {
        ObjectNode result = apply(json(NEW), "a", "{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}");

        assertThat(result.path("spec").path("volumes").get(0).path("emptyDir").isObject())
                .isTrue();
        assertThat(apply(result, "a", "{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}"))
                .isEqualTo(result);
    }

    @Test
    void finalizersAreASet() {
        ObjectNode first = apply(json("{'metadata':{'finalizers':['x']}}"), "a", "{'metadata':{'finalizers':['y']}}");

        ObjectNode after = apply(first, "a", "{'metadata':{}}");

        assertThat(first.path("metadata").path("finalizers")).hasSize(2);
        assertThat(after.path("metadata").path("finalizers"))
                .containsExactly(Json.mapper().stringNode("x"));
    }

    @Test
    void anUpdateOwnsWhatItChangedAndTakesItFromTheApplier() {
        ObjectNode applied = apply(json(NEW), "station", "{'spec':{'replicas':1,'paused':true}}");
        ObjectNode wanted = applied.deepCopy();
        wanted.withObjectProperty("spec").put("replicas", 5);

        ObjectNode updated = Ownership.updated(applied, wanted, writer("kubectl"));

        assertThat(owned(updated, "kubectl")).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
        assertThat(owned(updated, "station")).isEqualTo(json("{'f:spec':{'f:paused':{}}}"));
        assertThatExceptionOfType(ApplyConflict.class)
                .isThrownBy(() -> apply(updated, "station", "{'spec':{'replicas':1,'paused':true}}"))
                .withMessageContaining("conflict with \"kubectl\" using v1: .spec.replicas");
    }

    @Test
    void anUpdateThatRemovesAFieldLeavesItToNobody() {
        ObjectNode applied = apply(json(NEW), "a", "{'spec':{'replicas':1,'paused':true}}");
        ObjectNode wanted = applied.deepCopy();
        wanted.withObjectProperty("spec").remove("paused");

        ObjectNode updated = Ownership.updated(applied, wanted, writer("b"));

        assertThat(owned(updated, "a")).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
        assertThat(owned(updated, "b").isEmpty()).isTrue();
    }

    @Test
    void theStatusIsAppliedOnItsOwn() {
        Ownership.Writer status = new Ownership.Writer("a", "v1", "status", NOW);

        ObjectNode result = Ownership.apply(
                json("{'spec':{'replicas':1}}"), json("{'spec':{'replicas':9},'status':{'phase':'x'}}"), status, false);

        assertThat(result.path("spec").path("replicas").intValue()).isEqualTo(1);
        assertThat(result.path("status").path("phase").stringValue()).isEqualTo("x");
        assertThat(result.path("metadata")
                        .path("managedFields")
                        .get(0)
                        .path("subresource")
                        .stringValue())
                .isEqualTo("status");
    }

    @Test
    void theArgumentsAreNotChanged() {
        ObjectNode live = json("{'spec':{'containers':[{'name':'app','image':'1'}]}}");
        ObjectNode before = live.deepCopy();

        apply(live, "a", "{'spec':{'containers':[{'name':'app','image':'2'}]}}");

        assertThat(live).isEqualTo(before);
    }

    private static String container(String env) {
        return "{'spec':{'containers':[{'name':'c','env':[" + env + "]}]}}";
    }

    private static JsonNode env(ObjectNode object) {
        return object.path("spec").path("containers").get(0).path("env");
    }

    private static ObjectNode apply(ObjectNode live, String manager, String configuration) {
        return Ownership.apply(live, json(configuration), writer(manager), false);
    }

    private static Ownership.Writer writer(String manager) {
        return new Ownership.Writer(manager, "v1", "", NOW);
    }

    private static JsonNode owned(ObjectNode object, String manager) {
        return object.path("metadata")
                .path("managedFields")
                .valueStream()
                .filter(entry -> entry.path("manager").stringValue().equals(manager))
                .map(entry -> entry.path("fieldsV1"))
                .findFirst()
                .orElseGet(Json::object);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.read(text.replace('\'', '"'));
    }
}

package io.agentstation.cluster.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PatchesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1,'b':2} | {'a':null,'c':3} | {'b':2,'c':3}",
                "{'a':{'b':1,'c':2}} | {'a':{'b':null}} | {'a':{'c':2}}",
                "{'a':[1,2]} | {'a':[3]} | {'a':[3]}",
                "{'a':1} | {'a':{'b':null,'c':1}} | {'a':{'c':1}}"
            })
    void mergesAsTheRfcSays(String live, String patch, String result) {
        assertThat(Patches.merge(json(live), json(patch))).isEqualTo(json(result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'env':[{'name':'A','value':'1'}]} | {'env':[{'name':'B','value':'2'}]} | {'env':[{'name':'A','value':'1'},{'name':'B','value':'2'}]}",
                "{'env':[{'name':'A','value':'1'}]} | {'env':[{'name':'A','value':'2'}]} | {'env':[{'name':'A','value':'2'}]}",
                "{'env':[{'name':'A'},{'name':'B'}]} | {'env':[{'name':'A','$patch':'delete'}]} | {'env':[{'name':'B'}]}",
                "{'a':{'x':1,'y':2}} | {'a':{'$patch':'replace','z':3}} | {'a':{'z':3}}",
                "{'rules':[1,2]} | {'rules':[3]} | {'rules':[3]}",
                "{'a':1} | {'a':null,'$setElementOrder/env':[]} | {}",
                "{'metadata':{'finalizers':['x','y']}} | {'metadata':{'$deleteFromPrimitiveList/finalizers':['x']}} | {'metadata':{'finalizers':['y']}}"
            })
    void mergesStrategically(String live, String patch, String result) {
        assertThat(Patches.strategic(json(live), json(patch))).isEqualTo(json(result));
    }

    @Test
    void patchesByOperations() {
        var patch = Json.read("[{\"op\":\"replace\",\"path\":\"/a\",\"value\":2}]");

        assertThat(Patches.json(json("{'a':1}"), patch)).isEqualTo(json("{'a':2}"));
    }

    @Test
    void refusesAnOperationThatDoesNotFit() {
        var patch = Json.read("[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]");

        assertThatIllegalArgumentException().isThrownBy(() -> Patches.json(json("{'a':1}"), patch));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.read(text.replace('\'', '"'));
    }
}

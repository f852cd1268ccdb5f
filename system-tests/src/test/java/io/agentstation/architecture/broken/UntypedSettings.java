package io.agentstation.architecture.broken;

import org.springframework.beans.factory.annotation.Value;

/** Reads configuration property by property. */
public final class UntypedSettings {

    @Value("${in.a.field}")
    String inAField = "";

    final String inAParameter;

    UntypedSettings(@Value("${in.a.parameter}") String inAParameter) {
        this.inAParameter = inAParameter;
    }

    @Value("${in.a.method}")
    void inAMethod(String value) {
        inAField = value;
    }
}

/** What an agent is asked to be: its specification and the rules its values keep. */
@NullMarked
package io.agentstation.contracts.agents;

import org.jspecify.annotations.NullMarked;

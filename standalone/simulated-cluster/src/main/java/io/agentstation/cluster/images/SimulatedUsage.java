package io.agentstation.cluster.images;

import io.agentstation.agent.ResourceUsage;
import java.util.random.RandomGenerator;

/** Plausible figures for an agent that shares its process with others: a random walk around a small idle agent. */
final class SimulatedUsage implements ResourceUsage {

    private static final double LEAST_CPU = 0.5;
    private static final double MOST_CPU = 20;
    private static final double LEAST_MEMORY = 48;
    private static final double MOST_MEMORY = 160;

    private final RandomGenerator random;
    private double cpu;
    private double memory;

    SimulatedUsage(RandomGenerator random) {
        this.random = random;
        this.cpu = random.nextDouble(1, 6);
        this.memory = random.nextDouble(60, 100);
    }

    @Override
    public double cpuPercent() {
        cpu = step(cpu, 2, LEAST_CPU, MOST_CPU);
        return cpu;
    }

    @Override
    public double memoryMb() {
        memory = step(memory, 4, LEAST_MEMORY, MOST_MEMORY);
        return memory;
    }

    private double step(double value, double width, double least, double most) {
        double moved = value + random.nextDouble(-width, width);
        return Math.round(Math.max(least, Math.min(most, moved)) * 100) / 100.0;
    }
}

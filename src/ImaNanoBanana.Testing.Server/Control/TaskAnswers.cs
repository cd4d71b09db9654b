namespace ImaNanoBanana.Testing.Control;

/// <summary>Describes the tasks of a simulator as they are now, for the control paths and the page.</summary>
internal static class TaskAnswers
{
    public static IReadOnlyList<TaskAnswer> FromSimulator(ImaSimulator simulator) =>
        [.. simulator.Tasks.Select(task => FromTask(simulator, task))];

    private static TaskAnswer FromTask(ImaSimulator simulator, SimulatedTask task)
    {
        var submission = task.Submission;
        return new TaskAnswer(
            task.Id,
            submission.TaskType,
            submission.ModelId,
            submission.Size,
            submission.AspectRatio,
            submission.Prompt,
            submission.Credit * submission.Count,
            [.. Enumerable.Range(1, submission.Count).Select(number => Image(task.Id, number, simulator.StateOf(task, number)))]);
    }

    private static TaskImageAnswer Image(string taskId, int number, SimulatedMediaState state) => state switch
    {
        SimulatedMediaState.Processing => new("processing", null),
        SimulatedMediaState.WithoutAddress => new("withoutUrl", null),
        SimulatedMediaState.Failed => new("failed", null),
        _ => new("ready", FormattableString.Invariant($"{SimulatorControl.Previews}{taskId}/{number}.png")),
    };
}

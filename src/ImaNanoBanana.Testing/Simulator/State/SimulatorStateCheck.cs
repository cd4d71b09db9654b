namespace ImaNanoBanana.Testing;

/// <summary>Checks what the types of a state do not say, before anything of it is used. Pure.</summary>
internal static class SimulatorStateCheck
{
    /// <returns>What is impossible about the state, or null.</returns>
    public static string? Broken(SimulatorState state)
    {
        if (state.Version != SimulatorState.CurrentVersion)
        {
            return $"its version is {state.Version} instead of {SimulatorState.CurrentVersion}";
        }

        if (!Enum.IsDefined(state.CatalogKind) || state.RequestsPerSecond < 1 || state.ProcessingTime < TimeSpan.Zero)
        {
            return "a setting is not possible";
        }

        IEnumerable<object?> entries =
        [
            .. state.FormerPrices, .. state.Tasks, .. state.CutImages, .. state.Charges, .. state.UploadTypes.Values,
            .. state.UploadPixels.Values, .. state.Nonces, .. state.Pending.Values, .. state.Violations, .. state.Differences,
        ];
        if (entries.Contains(null)
            || state.Pending.Values.Any(turns => turns.Contains(null!))
            || state.Tasks.Any(task => task.Submission.Images.Contains(null)))
        {
            return "an entry is null";
        }

        // The next task id is counted from the tasks.
        if (state.Tasks.Where((task, index) => task.Id != SimulatedTasks.IdOf(index + 1)).Any())
        {
            return "its tasks are not numbered one by one";
        }

        if (state.Tasks.Any(task => task.Submission.Count < 1 || !PictureSize.IsRatio(task.Submission.AspectRatio)))
        {
            return "a task is not possible";
        }

        if (!state.Charges.Select(charge => charge.TaskId).SequenceEqual(state.Tasks.Select(task => task.Id)))
        {
            return "its charges are not those of its tasks";
        }

        if (state.Pending.Keys.Any(endpoint => !SimulatedEndpoint.All.Contains(endpoint)))
        {
            return "an endpoint does not exist";
        }

        return state.UploadPixels.Values.All(pixels => Thumbnail.FromPixels(pixels) is not null) ? null : "an upload is not complete";
    }
}

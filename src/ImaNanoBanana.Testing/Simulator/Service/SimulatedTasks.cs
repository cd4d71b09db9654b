using System.Globalization;

namespace ImaNanoBanana.Testing;

/// <summary>Holds the tasks, and which images were delivered damaged. Not thread-safe; its owner synchronizes access.</summary>
internal sealed class SimulatedTasks
{
    private readonly List<SimulatedTask> _tasks = [];
    private readonly Dictionary<string, SimulatedTask> _byId = [];
    private readonly HashSet<string> _cutImages = [];

    /// <summary>All tasks in the order of their submissions. A snapshot.</summary>
    public IReadOnlyList<SimulatedTask> All => [.. _tasks];

    /// <summary>The paths of the images that were delivered damaged. A snapshot.</summary>
    public IReadOnlyList<string> CutImages => [.. _cutImages];

    /// <param name="number">The number of the task, from 1.</param>
    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"task_sim_{number:d6}");

    public SimulatedTask Add(SimulatedSubmission submission, DateTimeOffset readyAt, SimulatedCourse course)
    {
        var task = new SimulatedTask(IdOf(_tasks.Count + 1), submission, readyAt, course);
        Add(task);
        return task;
    }

    public SimulatedTask? Find(string id) => _byId.GetValueOrDefault(id);

    /// <returns>The task of an image that is ready, or null.</returns>
    public SimulatedTask? ReadyImage(string path, DateTimeOffset now) =>
        SimulatedImages.Read(path) is var (id, number)
        && Find(id) is { } task
        && number >= 1
        && number <= task.Submission.Count
        && task.StateOf(number, now) == SimulatedMediaState.Ready
            ? task
            : null;

    /// <summary>Whether this download of an image is the one that is cut.</summary>
    public bool IsCutNow(SimulatedTask task, string path) => task.Course.CutsFirstDownload && _cutImages.Add(path);

    public void Clear()
    {
        _tasks.Clear();
        _byId.Clear();
        _cutImages.Clear();
    }

    public void Replace(IEnumerable<SimulatedTask> tasks, IEnumerable<string> cutImages)
    {
        (SimulatedTask[] newTasks, string[] newCutImages) = ([.. tasks], [.. cutImages]);
        Clear();
        foreach (var task in newTasks)
        {
            Add(task);
        }

        _cutImages.UnionWith(newCutImages);
    }

    private void Add(SimulatedTask task)
    {
        _tasks.Add(task);
        _byId.Add(task.Id, task);
    }
}

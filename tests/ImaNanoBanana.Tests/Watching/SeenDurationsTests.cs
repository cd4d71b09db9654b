using ImaNanoBanana.Catalog;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Watching;

/// <summary>What a client learns from the tasks that it has watched.</summary>
public class SeenDurationsTests
{
    private static readonly ImageTask Task = new("task_1") { Model = ImageModel.NanoBanana2, Size = ImageSize.Size2K };

    private readonly SeenDurations _seen = new();

    [Fact]
    public void Three_tasks_are_not_enough()
    {
        Add(20, 30, 40);

        Assert.Null(_seen.Find(Task));
    }

    /// <summary>6 percent before the fastest and 10 percent after the slowest.</summary>
    [Fact]
    public void Four_tasks_give_the_expected_time()
    {
        Add(40, 20, 30, 50);

        AssertExpected(20 * 0.94, 50 * 1.1);
    }

    [Fact]
    public void Of_eight_tasks_the_fastest_does_not_count()
    {
        Add(5, 20, 30, 30, 30, 30, 30, 40);

        AssertExpected(20 * 0.94, 40 * 1.1);
    }

    [Fact]
    public void Oldest_durations_make_way_for_new_ones()
    {
        Add([.. Enumerable.Repeat(300.0, 10)]);
        Add([.. Enumerable.Repeat(30.0, SeenDurations.Kept)]);

        AssertExpected(30 * 0.94, 30 * 1.1);
    }

    /// <summary>A task that finished between two polls took half of their distance less, but never more than 2.25 s less.</summary>
    [Theory]
    [InlineData(28, 30, 29)]
    [InlineData(15, 30, 27.75)]
    public void Time_between_polls_is_deducted(double unfinished, double finished, double took)
    {
        for (var task = 0; task < SeenDurations.Enough; task++)
        {
            _seen.Add(Task, TimeSpan.FromSeconds(unfinished), TimeSpan.FromSeconds(finished));
        }

        AssertExpected(took * 0.94, took * 1.1);
    }

    [Fact]
    public void Polls_that_waited_in_line_teach_nothing()
    {
        for (var task = 0; task < 10; task++)
        {
            _seen.Add(Task, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(121));
        }

        Assert.Null(_seen.Find(Task));
    }

    [Fact]
    public void Each_model_and_size_has_times_of_its_own()
    {
        Add(20, 20, 20, 20);

        Assert.Null(_seen.Find(Task with { Size = ImageSize.Size4K }));
        Assert.Null(_seen.Find(Task with { Size = null }));
        Assert.Null(_seen.Find(Task with { Model = ImageModel.NanoBananaPro }));
        Assert.Null(_seen.Find(Task with { Model = null }));
        Assert.NotNull(_seen.Find(new ImageTask("task_2") { Model = ImageModel.NanoBanana2, Size = ImageSize.Size2K }));
    }

    [Fact]
    public void Number_of_models_is_limited_and_those_that_are_known_are_still_learned()
    {
        for (var model = 0; model < 1000; model++)
        {
            Add(Task with { Model = new ImageModel($"model-{model}") }, 20, 20, 20, 20);
        }

        Add(Task with { Model = new ImageModel("model-0") }, [.. Enumerable.Repeat(60.0, SeenDurations.Kept)]);

        Assert.Equal(
            64, Enumerable.Range(0, 1000).Count(model => _seen.Find(Task with { Model = new ImageModel($"model-{model}") }) is not null));
        Assert.Equal(66, _seen.Find(Task with { Model = new ImageModel("model-0") })!.Value.AtMost.TotalSeconds, 1e-6);
    }

    [Fact]
    public async Task Many_watches_can_learn_at_once()
    {
        await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 8).Select(worker => System.Threading.Tasks.Task.Run(() =>
        {
            for (var task = 0; task < 500; task++)
            {
                Add(Task with { Size = new ImageSize($"{(worker + task) % 5}K") }, 20, 30);
                _ = _seen.Find(Task);
            }
        })));

        Assert.All(Enumerable.Range(0, 5), size =>
            Assert.Equal(33, _seen.Find(Task with { Size = new ImageSize($"{size}K") })!.Value.AtMost.TotalSeconds, 1e-6));
    }

    private void Add(params double[] durations) => Add(Task, durations);

    private void Add(ImageTask task, params double[] durations)
    {
        foreach (var duration in durations)
        {
            _seen.Add(task, TimeSpan.FromSeconds(duration), TimeSpan.FromSeconds(duration));
        }
    }

    private void AssertExpected(double least, double most)
    {
        ExpectedTime? expected = _seen.Find(Task);
        Assert.Equal(least, expected!.Value.AtLeast.TotalSeconds, 1e-6);
        Assert.Equal(most, expected.Value.AtMost.TotalSeconds, 1e-6);
    }
}

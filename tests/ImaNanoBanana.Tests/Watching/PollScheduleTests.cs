using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Watching;

/// <summary>When a task is polled again.</summary>
public class PollScheduleTests
{
    /// <summary>The ages at which a task that never ends is polled, without jitter; the first poll is immediate.</summary>
    [Theory]
    [InlineData(20, 35, 60, new[] { 0.0, 12, 17, 22.25, 24.5, 26.75, 29, 31.25, 33.5, 35.75, 38.97, 42.47, 46.3, 50.46, 55.01, 59.96 })]
    [InlineData(25, 45, 50, new[] { 0.0, 15, 21, 27.25, 29.5, 31.75, 34, 36.25, 38.5, 40.75, 43, 45.25, 49.32 })]
    [InlineData(60, 120, 70, new[] { 0.0, 15, 30, 36, 42, 48, 54, 62.25, 64.5, 66.75, 69 })]
    [InlineData(6, 12, 20, new[] { 0.0, 3.6, 8.25, 10.5, 12.75, 15, 17.25, 19.5 })]
    [InlineData(1, 2, 10, new[] { 0.0, 3.25, 5.5, 7.75, 10 })]
    [InlineData(0, 1, 10, new[] { 0.0, 2.25, 4.5, 6.75, 9 })]
    public void Task_with_an_expected_time_is_polled_closely_when_it_is_due(int least, int most, int until, double[] polls) =>
        Assert.Equal(
            polls, Polls(age => PollSchedule.After(age, age, TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most), 0.5), until));

    [Theory]
    [InlineData(null, 20, 35)]
    [InlineData(0, null, null)]
    [InlineData(null, null, null)]
    public void Task_without_an_expected_time_is_polled_less_and_less_often(int? age, int? least, int? most) => Assert.Equal(
        [0, 2.25, 4.5, 6.75, 9, 11.25, 13.5, 15.75, 18, 20.25, 22.5, 24.75, 27, 29.43],
        Polls(watched => PollSchedule.After(age is null ? null : watched, watched, Seconds(least), Seconds(most), 0.5), 30));

    [Fact]
    public void Task_from_a_handle_that_is_days_old_is_polled_rarely() => Assert.Equal(
        PollSchedule.Longest, PollSchedule.After(
            TimeSpan.FromDays(3), TimeSpan.Zero, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(35), 0.5));

    [Fact]
    public void Polls_are_never_closer_than_2_s_nor_further_apart_than_15_s_whatever_the_jitter()
    {
        foreach (var (least, most) in new (int?, int?)[] { (20, 35), (25, 45), (60, 120), (0, 1), (3600, 3600), (1, 3600), (null, null) })
        {
            foreach (var jitter in new[] { 0, 0.25, 0.5, 0.75, 1 })
            {
                for (var age = TimeSpan.Zero; age < TimeSpan.FromSeconds(700); age += TimeSpan.FromMilliseconds(170))
                {
                    Assert.InRange(PollSchedule.After(age, age, Seconds(least), Seconds(most), jitter).TotalSeconds, 2, 15);
                }
            }
        }
    }

    [Theory]
    [InlineData(0.0, 11.64)]
    [InlineData(1.0, 12.36)]
    public void Jitter_moves_a_poll_by_3_percent_at_most(double jitter, double seconds) => Assert.Equal(
        seconds, PollSchedule.After(
            TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(35), jitter).TotalSeconds, 1e-6);

    private static TimeSpan? Seconds(int? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;

    private static List<double> Polls(Func<TimeSpan, TimeSpan> after, int until)
    {
        var ages = new List<double>();
        for (var age = TimeSpan.Zero; age.TotalSeconds <= until; age += after(age))
        {
            ages.Add(Math.Round(age.TotalSeconds, 2));
        }

        return ages;
    }
}

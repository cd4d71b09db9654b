using ImaNanoBanana.Messages;

namespace ImaNanoBanana.Tests.Messages;

/// <summary>When the messages of step 2 are sent.</summary>
public class PushScheduleTests
{
    [Theory]
    [InlineData("gemini-3.1-flash-image", 0, new double[] { 20, 35, 50, 65 })]
    [InlineData("gemini-3-pro-image", 0, new double[] { 30, 60, 90, 120 })]
    [InlineData(null, 0, new double[] { 20, 35, 50, 65 })]
    [InlineData("gemini-3.1-flash-image", 2, new double[] { 20, 35 })]
    [InlineData("gemini-3.1-flash-image", 100, new double[] { 115, 130 })]
    [InlineData("gemini-3-pro-image", 100, new double[] { 130, 160 })]
    public void Messages_arrive_at_the_interval_of_the_model(string? model, double begin, double[] due)
    {
        var schedule = new PushSchedule(model is null ? null : new ImageModel(model), TimeSpan.FromSeconds(begin));

        foreach (var seconds in due)
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), schedule.Next);
            schedule.Pass(TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public void Messages_that_were_due_while_one_was_sent_are_skipped()
    {
        var schedule = new PushSchedule(ImageModel.NanoBanana2, TimeSpan.Zero);

        schedule.Pass(TimeSpan.FromSeconds(70));

        Assert.Equal(TimeSpan.FromSeconds(80), schedule.Next);
    }
}

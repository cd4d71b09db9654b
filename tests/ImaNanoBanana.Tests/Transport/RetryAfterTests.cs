using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

public class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData(" 30 ", 30.0)]
    [InlineData("410400", 410_400.0)]
    [InlineData("99999999999999999999999999", 31_622_400.0)]
    [InlineData("Sun, 22 Nov 2026 12:00:05 GMT", 5.0)]
    [InlineData("Sunday, 22-Nov-26 12:00:05 GMT", 5.0)]
    [InlineData("Sat, 21 Nov 2026 12:00:00 GMT", 0.0)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 31_622_400.0)]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("soon", null)]
    public void Seconds_and_dates_are_read_and_nothing_else(string? header, double? seconds) =>
        Assert.Equal(seconds, RetryAfter.Read(header, Now)?.TotalSeconds);
}

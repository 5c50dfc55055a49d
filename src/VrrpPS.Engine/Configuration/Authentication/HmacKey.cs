namespace VrrpPS.Engine.Configuration;

/// <summary>A key of HMAC-SHA256, the same under the same id on every node.</summary>
/// <param name="Id">1..255; advertisements name it.</param>
/// <param name="Key">32 to 64 bytes.</param>
public sealed record HmacKey(int Id, Secret Key);

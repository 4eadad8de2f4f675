using System;
using Realmkeep;
using UnityEngine;

/// <summary>Signs in at the start and walks with the arrow keys: north is up.</summary>
public sealed class WalkWithArrows : MonoBehaviour
{
    [SerializeField] private RealmkeepClient client;
    [SerializeField] private string email;
    [SerializeField] private string password;

    private double x;
    private double z;
    private float lastMove;

    private async void Start()
    {
        client.Joined += joined => StandAt(joined.X, joined.Z);
        client.MoveRefused += refusal => StandAt(refusal.X, refusal.Z);
        try
        {
            await client.Enter(email, password);
        }
        catch (ApiException refusal)
        {
            Debug.LogError(refusal.Message);
        }
    }

    private void Update()
    {
        GameSession session = client.Session;
        if (session == null || session.State != SessionState.Playing) return;
        Vector2 way = new Vector2(Input.GetAxisRaw("Horizontal"), Input.GetAxisRaw("Vertical")).normalized;
        if (way == Vector2.zero) return;
        // A little under the allowed speed, as two clocks differ.
        double step = session.Player.UnitsPerSecond * 0.95 * Time.unscaledDeltaTime;
        x += way.x * step;
        z -= way.y * step;
        if (Time.unscaledTime - lastMove < 0.05f) return;
        lastMove = Time.unscaledTime;
        double turn = Math.Atan2(way.x, way.y) / (2 * Math.PI);
        session.MoveTo((long)x, (long)z, (byte)((int)Math.Round(turn * 256) & 255));
    }

    private void StandAt(long standX, long standZ)
    {
        x = standX;
        z = standZ;
    }
}
